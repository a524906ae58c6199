using Microsoft.Extensions.Logging;

namespace Aico.Abstractions.Plugins;

/// <summary>What the host lends to a provider. Everything in it outlives the provider and is safe for concurrent use.</summary>
public interface IProviderContext
{
    /// <summary>The host's pooled connections. Wrap it in an HttpClient that does not dispose its handler.</summary>
    HttpMessageHandler HttpHandler { get; }

    /// <summary>Makes loggers. Text of speech is logged at Trace only, secrets never.</summary>
    ILoggerFactory LoggerFactory { get; }

    /// <summary>The only clock that a provider uses.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>
    /// Finds a file that a requirement of the provider names: in the plugin's own folder first, then under the host's native/ folder.
    /// Native libraries are named without platform prefix and ending ("onnxruntime"); system libraries are found by the platform's loader.
    /// </summary>
    /// <returns>The full path, or null where it is not there.</returns>
    string? Find(ProviderRequirement requirement);
}

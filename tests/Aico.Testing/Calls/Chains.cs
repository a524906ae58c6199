using Aico.Abstractions.Plugins;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.Calls;

/// <summary>Chains of scripted providers that share one memory of outages; each provider stands at an address of its own.</summary>
internal sealed class Chains(TimeProvider time)
{
    public ProviderHealth Health { get; } = new(time, NullLogger<ProviderHealth>.Instance);

    public static HealthSubject Subject(string key, IProviderProbe? probe = null, string? endpoint = null, string credential = "", string? model = null) =>
        new() { Provider = key, Kind = ProviderKind.LanguageModel, Endpoint = endpoint ?? key, Credential = credential, Model = model, Probe = probe };

    /// <summary>In the order given.</summary>
    public ProviderChain<T> Of<T>(params (string Key, T Provider)[] entries)
        where T : class => new([.. entries.Select((entry, position) => new ChainEntry<T>(entry.Key, entry.Provider, position, Subject(entry.Key)))], Health);

    public ProviderChain<SpeechToTextProvider> Hearing(params (string Key, object Provider)[] entries) =>
        Of([.. entries.Select(entry => (entry.Key, SpeechToTextProvider.Of(entry.Provider)))]);
}

using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.Conformance;

/// <summary>What the host lends to a provider, over connections of the test's choice: a fake service is a message handler, and no port is opened.</summary>
/// <param name="handler">Answers the provider's requests. It belongs to the test.</param>
public sealed class LentContext(HttpMessageHandler handler) : IProviderContext
{
    /// <inheritdoc />
    public HttpMessageHandler HttpHandler => handler;

    /// <inheritdoc />
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <inheritdoc />
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the provider's requirements are found, by name; none is there by default.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc />
    public string? Find(ProviderRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        return Files.GetValueOrDefault(requirement.Name);
    }
}

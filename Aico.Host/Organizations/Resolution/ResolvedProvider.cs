using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Resolution;

/// <summary>An entry of a chain: a provider with the settings and secrets that it is made from, checked. Immutable.</summary>
internal sealed record ResolvedProvider
{
    public required ProviderDefinition Definition { get; init; }

    /// <summary>What was set, above the defaults of the plugin.</summary>
    public required JsonObject Settings { get; init; }

    public required IReadOnlyDictionary<string, Secret> Secrets { get; init; }

    public required int Priority { get; init; }

    /// <summary>Where the entry itself comes from.</summary>
    public required ConfigurationOrigin Origin { get; init; }

    /// <summary>Where each value of <see cref="Settings"/> comes from, by JSON pointer of the uppermost level; what is missing is the plugin's default.</summary>
    public required IReadOnlyDictionary<string, ConfigurationOrigin> Origins { get; init; }

    /// <summary>The revision of the organization's entry; 0 where it has none.</summary>
    public long Revision { get; init; }

    public string Key => Definition.Key;

    public ProviderChoice Choice => new(Definition, Settings, Secrets);
}

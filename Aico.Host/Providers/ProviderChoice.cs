using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers;

/// <summary>A provider that was chosen, with the settings that it is made from.</summary>
internal sealed record ProviderChoice(ProviderDefinition Definition, JsonObject Settings, IReadOnlyDictionary<string, Secret> Secrets)
{
    public string Key => Definition.Key;
}

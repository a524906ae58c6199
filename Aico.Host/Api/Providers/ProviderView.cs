using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Api.Providers;

/// <summary>A provider of the registry as the API shows it.</summary>
internal static class ProviderView
{
    public static JsonObject Of(ProviderDefinition provider)
    {
        var descriptor = provider.Descriptor;
        var metadata = descriptor.Metadata;
        var capabilities = provider.Capabilities is { } known ? (JsonObject)JsonSerializer.SerializeToNode(known, known.GetType(), ApiJson.Options)! : [];
        capabilities["streaming"] = !provider.IsBatch;
        return new JsonObject
        {
            ["key"] = provider.Key,
            ["type"] = ProviderKinds.Code(provider.Kind),
            ["displayName"] = descriptor.DisplayName,
            ["description"] = descriptor.Description,
            ["hosting"] = ApiJson.Name(descriptor.Hosting),
            ["settingsSchema"] = provider.SettingsSchema.DeepClone(),
            ["secretsSchema"] = provider.SecretsSchema.DeepClone(),
            ["defaults"] = ProviderDefaults.Of(provider),
            ["capabilities"] = capabilities,
            ["metadata"] = new JsonObject
            {
                ["documentation"] = metadata.Documentation?.OriginalString,
                ["pricing"] = metadata.Pricing?.OriginalString,
                ["quality"] = metadata.Quality,
                ["typicalLatencyMs"] = metadata.TypicalLatency?.TotalMilliseconds,
                ["costClass"] = metadata.CostClass,
                ["costUnit"] = metadata.CostUnit,
            },
            ["plugin"] = new JsonObject { ["id"] = provider.PluginId, ["version"] = provider.PluginVersion },
        };
    }

    /// <param name="plugin">One that was rejected.</param>
    /// <param name="isOperator">Where on the machine it lies is not a tenant's affair.</param>
    public static JsonObject Failed(PluginStatus plugin, bool isOperator) => new()
    {
        ["plugin"] = plugin.Id,
        ["version"] = plugin.Version,
        ["reason"] = plugin.Rejection!.Code,
        ["message"] = isOperator ? plugin.Rejection.Message : null,
        ["remedy"] = isOperator ? plugin.Rejection.Remedy : null,
    };
}

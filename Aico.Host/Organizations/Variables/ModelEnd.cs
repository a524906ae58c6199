using System.Text.Json.Nodes;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Variables;

/// <summary>Knows of models that their vendors will stop to serve.</summary>
internal static class ModelEnd
{
    /// <summary>A sentence where the provider's model has an announced end, else null.</summary>
    public static string? WarningFor(ProviderDefinition definition, JsonObject settings)
    {
        var model = (settings["model"] ?? definition.SettingsSchema["properties"]?["model"]?["default"])?.ToString();
        return model is not null && definition.Descriptor.EndingModels.TryGetValue(model, out var day)
            ? FormattableString.Invariant($"{definition.Key}: the model \"{model}\" is not served from {day:yyyy-MM-dd} on. Choose another one.")
            : null;
    }
}

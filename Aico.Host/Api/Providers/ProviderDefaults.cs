using System.Text.Json.Nodes;
using Aico.Host.Providers;

namespace Aico.Host.Api.Providers;

/// <summary>The settings that a provider has where nobody sets any, and those that it has with somebody's laid over them.</summary>
internal static class ProviderDefaults
{
    public static JsonObject Of(ProviderDefinition definition) => Of(definition.SettingsSchema);

    /// <summary>The defaults with the settings over them. Inner objects are laid over likewise; lists are replaced.</summary>
    public static JsonObject With(ProviderDefinition definition, JsonObject settings) => Lay(Of(definition), settings);

    private static JsonObject Of(JsonObject schema)
    {
        var defaults = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            if (property is not JsonObject described)
            {
                continue;
            }

            if (described.TryGetPropertyValue("default", out var value))
            {
                defaults[name] = value?.DeepClone();
            }
            else if (described["properties"] is JsonObject && Of(described) is { Count: > 0 } inner)
            {
                defaults[name] = inner;
            }
        }

        return defaults;
    }

    private static JsonObject Lay(JsonObject under, JsonObject over)
    {
        foreach (var (name, value) in over)
        {
            under[name] = under[name] is JsonObject below && value is JsonObject above ? Lay((JsonObject)below.DeepClone(), above) : value?.DeepClone();
        }

        return under;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Host.Organizations.Variables;

/// <summary>One <c>--set provider.setting=value</c>.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Path">The setting, and the settings inside it where it is an object.</param>
/// <param name="Value">The value as it was typed.</param>
internal sealed record SettingArgument(string Provider, IReadOnlyList<string> Path, string Value)
{
    public string Name => string.Join('.', Path);

    /// <exception cref="ProviderChoiceException">The text has another shape. The message does not show the value, which may be a secret.</exception>
    public static SettingArgument Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : text[..equals];
        var parts = name.Split('.');
        if (parts.Length < 2 || parts.Any(string.IsNullOrWhiteSpace))
        {
            var shown = equals < 0 ? "" : $" {name}=…";
            throw new ProviderChoiceException($"--set{shown}: expected provider.setting=value, such as flite.rate=1.2.");
        }

        return new SettingArgument(parts[0].Trim(), [.. parts[1..].Select(part => part.Trim())], text[(equals + 1)..]);
    }

    /// <summary>Puts the value into a provider's settings: as JSON where it is JSON, as text otherwise and where the schema wants text.</summary>
    public void ApplyTo(JsonObject settings, JsonObject schema)
    {
        var target = settings;
        foreach (var name in Path.SkipLast(1))
        {
            schema = schema["properties"]?[name] as JsonObject ?? [];
            if (target[name] is not JsonObject inner)
            {
                target[name] = inner = [];
            }

            target = inner;
        }

        target[Path[^1]] = WantsText(schema["properties"]?[Path[^1]]?["type"]) && !IsQuoted() ? Value : ParseValue();
    }

    private bool IsQuoted() => Value.Length >= 2 && Value[0] == '"' && Value[^1] == '"';

    private static bool WantsText(JsonNode? type) => type switch
    {
        JsonValue value => value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "string",
        JsonArray types => types.All(t => t?.GetValue<string>() is "string" or "null"),
        _ => false,
    };

    private JsonNode? ParseValue()
    {
        try
        {
            return JsonNode.Parse(Value);
        }
        catch (JsonException)
        {
            return Value;
        }
    }
}

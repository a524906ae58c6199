using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Documents;

/// <summary>Says in words what a schema says of a setting.</summary>
internal static class SettingText
{
    /// <summary>Every setting with its schema; one inside another is named "outer.inner".</summary>
    public static IEnumerable<(string Name, JsonObject Schema)> All(JsonObject schema, string prefix = "") =>
        from property in schema["properties"] as JsonObject ?? []
        let node = (JsonObject)property.Value!
        from setting in node["properties"] is JsonObject { Count: > 0 } ? All(node, $"{prefix}{property.Key}.") : [($"{prefix}{property.Key}", node)]
        select setting;

    public static string Kind(JsonObject setting)
    {
        if (setting["enum"] is JsonArray values)
        {
            return string.Join(", ", values.Where(value => value is not null).Select(value => $"`{Plain(value!)}`"));
        }

        return TypeOf(setting) switch
        {
            "boolean" => "true or false",
            "integer" => $"whole number{Range(setting)}",
            "number" => $"number{Range(setting)}",
            "array" => "list of texts",
            "object" => "texts by name",
            "string" when setting["pattern"] is not null => "duration, such as `250ms`",
            _ => setting["maxLength"] is { } longest ? $"text of at most {longest} characters" : "text",
        };
    }

    public static string Default(JsonObject setting, bool isRequired) => setting["default"] switch
    {
        null => isRequired ? "**required**" : "not set",
        JsonValue value when isRequired && Plain(value).Length == 0 => "**required**",
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => "none",
        var value => Plain(value) is { Length: > 0 } text ? $"`{text}`" : "empty",
    };

    /// <summary>A text inside a cell of a table.</summary>
    public static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Plain(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string? TypeOf(JsonObject setting) => setting["type"] switch
    {
        JsonArray several => several.Select(one => one!.GetValue<string>()).FirstOrDefault(one => one != "null"),
        var one => one?.GetValue<string>(),
    };

    private static string Range(JsonObject setting) => (Number(setting["minimum"]), Number(setting["maximum"])) switch
    {
        (null, null) => "",
        ({ } least, null) => $" from {least}",
        (null, { } most) => $" to {most}",
        var (least, most) => $", {least} to {most}",
    };

    private static string? Number(JsonNode? bound) =>
        bound is null ? null : decimal.Parse(bound.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("#,0.##", CultureInfo.InvariantCulture);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>As much of JSON Schema (2020-12) as the OpenAPI document uses. A keyword that it does not know is an error: nothing passes unread.</summary>
internal static class SchemaReading
{
    private static readonly HashSet<string> _notes = ["description", "examples", "default", "writeOnly", "format", "title"];

    public static IEnumerable<string> Errors(JsonObject schemas, JsonNode schema, JsonNode? value, string at)
    {
        foreach (var (keyword, rule) in schema.AsObject())
        {
            foreach (var error in Errors(schemas, schema.AsObject(), keyword, rule!, value, at))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<string> Errors(JsonObject schemas, JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string at) => keyword switch
    {
        "$ref" => Errors(schemas, schemas[((string)rule!).Split('/')[^1]]!, value, at),
        "type" => When(!Types(rule).Any(type => IsA(value, type)), $"{at} is no {rule.ToJsonString()}"),
        "enum" => When(!rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)), $"{at} is none of {rule.ToJsonString()}"),
        "const" => When(!JsonNode.DeepEquals(rule, value), $"{at} is not {rule.ToJsonString()}"),
        "required" => rule.AsArray().Where(name => value is JsonObject found && !found.ContainsKey((string)name!)).Select(name => $"{at} lacks {name}"),
        "properties" => rule.AsObject().Where(property => (value as JsonObject)?.ContainsKey(property.Key) == true)
            .SelectMany(property => Errors(schemas, property.Value!, value![property.Key], $"{at}/{property.Key}")),
        "additionalProperties" => (value as JsonObject ?? []).Where(member => schema["properties"]?[member.Key] is null).SelectMany(member => rule is JsonObject inner
            ? Errors(schemas, inner, member.Value, $"{at}/{member.Key}")
            : When(!rule.GetValue<bool>(), $"{at}/{member.Key} is not described")),
        "items" => (value as JsonArray ?? []).SelectMany((item, index) => Errors(schemas, rule, item, $"{at}/{index}")),
        "oneOf" => When(rule.AsArray().Count(one => !Errors(schemas, one!, value, at).Any()) != 1, $"{at} is not exactly one of {rule.ToJsonString()}"),
        "allOf" => rule.AsArray().SelectMany(one => Errors(schemas, one!, value, at)),
        "pattern" => When(IsA(value, "string") && !Regex.IsMatch((string)value!, (string)rule!), $"{at} does not match {rule}"),
        "minLength" => When(IsA(value, "string") && ((string)value!).Length < (int)rule, $"{at} is too short"),
        "maxLength" => When(IsA(value, "string") && ((string)value!).Length > (int)rule, $"{at} is too long"),
        "minimum" => When(IsA(value, "number") && (double)value! < (double)rule, $"{at} is too small"),
        "maximum" => When(IsA(value, "number") && (double)value! > (double)rule, $"{at} is too large"),
        _ => When(!_notes.Contains(keyword), $"{at}: the test does not know the keyword {keyword}"),
    };

    private static IEnumerable<string> Types(JsonNode rule) => rule is JsonArray several ? several.Select(type => (string)type!) : [(string)rule!];

    private static bool IsA(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null, type) switch
    {
        (JsonValueKind.Null, "null") or (JsonValueKind.String, "string") or (JsonValueKind.Object, "object") or (JsonValueKind.Array, "array") or (JsonValueKind.Number, "number") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
        (JsonValueKind.Number, "integer") => decimal.TryParse(value!.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number,
        _ => false,
    };

    private static IEnumerable<string> When(bool isWrong, string error) => isWrong ? [error] : [];
}

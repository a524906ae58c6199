using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Host.Tests.Cli.Talk;

/// <summary>
/// Checks a value against the words of JSON Schema that this repository's schemas use. A word that it does not know fails the
/// test, so that no schema looks stricter than it is checked.
/// </summary>
internal sealed class JsonSchemaCheck(JsonObject schema)
{
    private static readonly HashSet<string> Spoken = ["$schema", "$id", "$defs", "title", "description"];

    public static IReadOnlyList<string> Problems(JsonObject schema, JsonNode? value) => [.. new JsonSchemaCheck(schema).Check(schema, value, "")];

    private IEnumerable<string> Check(JsonObject rules, JsonNode? value, string at)
    {
        foreach (var (word, rule) in rules)
        {
            var problems = word switch
            {
                "$ref" => Check((JsonObject)schema["$defs"]![rule!.GetValue<string>()["#/$defs/".Length..]]!, value, at),
                "type" => Types(rule!).Contains(TypeOf(value)) ? [] : [$"{at} is {TypeOf(value)}, not {rule!.ToJsonString()}"],
                "enum" => rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)) ? [] : [$"{at} is none of {rule!.ToJsonString()}"],
                "required" => rule!.AsArray().Select(name => name!.GetValue<string>())
                    .Where(name => value is JsonObject parts && !parts.ContainsKey(name)).Select(name => $"{at}/{name} is missing"),
                "properties" => value is JsonObject parts
                    ? rule!.AsObject().Where(part => parts.ContainsKey(part.Key)).SelectMany(part => Check((JsonObject)part.Value!, parts[part.Key], $"{at}/{part.Key}"))
                    : [],
                "items" => value is JsonArray items ? items.SelectMany((item, i) => Check((JsonObject)rule!, item, $"{at}/{i}")) : [],
                _ when Spoken.Contains(word) => [],
                _ => throw new NotSupportedException($"This check does not know \"{word}\"."),
            };
            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Types(JsonNode rule) => rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "boolean",
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Host.Api.LiveKit;

/// <summary>Protobuf's JSON may be written with either spelling of names; this brings it to one.</summary>
internal static class TokenNames
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string ToSnakeCase(ReadOnlySpan<byte> json)
    {
        var node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        return node is JsonObject body ? Translate(body, "").ToJsonString() : node?.ToJsonString() ?? "null";
    }

    private static JsonObject Translate(JsonObject from, string parent)
    {
        var to = new JsonObject();
        foreach (var (name, value) in from.ToList())
        {
            // The names of attributes are the frontend's own.
            var translated = parent == "participant_attributes" ? name : JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
            from.Remove(name);
            to[translated] = value switch
            {
                JsonObject inner => Translate(inner, translated),
                JsonArray items => new JsonArray([.. items.ToList().Select(item => item is JsonObject element ? Translate((JsonObject)element.DeepClone(), translated) : item?.DeepClone())]),
                _ => value,
            };
        }

        return to;
    }
}

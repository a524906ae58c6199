using System.Text.Json;

namespace Aico.Plugins.Gemini;

/// <summary>Writes a JSON Schema in the words that Gemini knows of it; a word that it does not know fails the whole request.</summary>
internal static class GeminiSchema
{
    private static readonly HashSet<string> Known =
    [
        "description", "enum", "format", "items", "maxItems", "maximum", "minItems", "minimum", "maxLength", "minLength", "nullable", "pattern",
        "properties", "required", "title", "anyOf",
    ];

    /// <summary>A function without parameters has none at all: an object without properties is refused.</summary>
    public static void WriteParameters(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any())
        {
            json.WritePropertyName("parameters");
            Write(json, schema);
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            // "true": anything will do.
            json.WriteStartObject();
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject();
        foreach (var word in schema.EnumerateObject())
        {
            switch (word.Name)
            {
                case "type":
                    WriteType(json, word.Value);
                    break;
                case "properties":
                    json.WriteStartObject("properties");
                    foreach (var property in word.Value.EnumerateObject())
                    {
                        json.WritePropertyName(property.Name);
                        Write(json, property.Value);
                    }

                    json.WriteEndObject();
                    break;
                case "items":
                    json.WritePropertyName("items");
                    Write(json, word.Value);
                    break;
                case "anyOf":
                    json.WriteStartArray("anyOf");
                    foreach (var choice in word.Value.EnumerateArray())
                    {
                        Write(json, choice);
                    }

                    json.WriteEndArray();
                    break;
                case var name when Known.Contains(name):
                    word.WriteTo(json);
                    break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>["string","null"] is a string that may be null.</summary>
    private static void WriteType(Utf8JsonWriter json, JsonElement type)
    {
        if (type.ValueKind != JsonValueKind.Array)
        {
            json.WritePropertyName("type");
            type.WriteTo(json);
            return;
        }

        var names = type.EnumerateArray().Select(name => name.GetString()).ToList();
        json.WriteString("type", names.Find(name => name != "null"));
        if (names.Contains("null"))
        {
            json.WriteBoolean("nullable", true);
        }
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Aico.Host.Providers;

/// <summary>Derives JSON Schema (2020-12) from settings records: types from the serializer, the rest from data annotations and defaults.</summary>
internal static class SettingsSchema
{
    public static JsonObject Of(JsonTypeInfo type, object defaults)
    {
        var exported = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        });
        var schema = (JsonObject)Inline(exported.DeepClone(), exported);
        Decorate(schema, type, defaults);
        // The record itself is never null.
        schema["type"] = "object";
        return schema;
    }

    public static JsonObject OfSecrets(IReadOnlyList<SecretProperty> secrets)
    {
        var properties = new JsonObject();
        foreach (var secret in secrets)
        {
            var node = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["writeOnly"] = true };
            if (secret.Description is { } description)
            {
                node["description"] = description;
            }

            properties[secret.Name] = node;
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        AddRequired(schema, secrets.Where(secret => secret.IsRequired).Select(secret => secret.Name));
        schema["additionalProperties"] = false;
        return schema;
    }

    // Types with converters of our own have no schema in the serializer's eyes.
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var nullable = type != context.TypeInfo.Type || context.PropertyInfo is { IsSetNullable: true, PropertyType.IsValueType: false };
        if (type == typeof(TimeSpan))
        {
            return new JsonObject { ["type"] = Named("string", nullable), ["pattern"] = Duration.Pattern };
        }

        if (type == typeof(Uri))
        {
            return new JsonObject { ["type"] = Named("string", nullable), ["format"] = "uri" };
        }

        if (type.IsEnum && node is JsonObject names && !names.ContainsKey("type"))
        {
            names.Insert(0, "type", Named("string", nullable));
        }

        return node;
    }

    private static JsonNode Named(string type, bool nullable) => nullable ? new JsonArray(type, "null") : JsonValue.Create(type);

    // The exporter points at the first use of a type; a pointer breaks as soon as the schema is put into a larger document.
    private static JsonNode Inline(JsonNode node, JsonNode root, int depth = 0)
    {
        if (depth > 16)
        {
            throw new NotSupportedException("The settings contain themselves.");
        }

        if (node is JsonObject reference && reference["$ref"] is { } pointer)
        {
            var target = Follow(root, pointer.GetValue<string>()).DeepClone();
            return Inline(target, root, depth + 1);
        }

        switch (node)
        {
            case JsonObject parts:
                foreach (var (name, part) in parts.ToList())
                {
                    if (part is JsonObject or JsonArray)
                    {
                        parts[name] = null;
                        parts[name] = Inline(part, root, depth + 1);
                    }
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is JsonObject part)
                    {
                        items[i] = null;
                        items[i] = Inline(part, root, depth + 1);
                    }
                }

                break;
        }

        return node;
    }

    private static JsonNode Follow(JsonNode root, string pointer) => pointer
        .TrimStart('#')
        .Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate(root, (node, part) => (node is JsonArray items ? items[int.Parse(part, null)] : node[part])!);

    private static void Decorate(JsonObject schema, JsonTypeInfo type, object defaults)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            schema["properties"] = properties = [];
        }

        var required = new List<string>();
        foreach (var property in type.Properties)
        {
            if (properties[property.Name] is not JsonObject node)
            {
                properties[property.Name] = node = [];
            }

            SettingsAnnotations.AddTo(node, property);
            if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true)
            {
                required.Add(property.Name);
            }

            AddDefault(node, property, property.Get?.Invoke(defaults), type.Options);
        }

        AddRequired(schema, required);
        schema["additionalProperties"] = false;
    }

    private static void AddDefault(JsonObject node, JsonPropertyInfo property, object? value, JsonSerializerOptions options)
    {
        var type = options.GetTypeInfo(property.PropertyType);
        if (type is { Kind: JsonTypeInfoKind.Object, CreateObject: { } create })
        {
            Decorate(node, type, value ?? create());
        }

        if (value is not null)
        {
            node["default"] = JsonSerializer.SerializeToNode(value, type);
        }
    }

    private static void AddRequired(JsonObject schema, IEnumerable<string> names)
    {
        var required = new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        if (required.Count > 0)
        {
            schema["required"] = required;
        }
    }
}

using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Aico.Host.Providers;

/// <summary>Writes what data annotations say of a property into its schema.</summary>
internal static class SettingsAnnotations
{
    public static void AddTo(JsonObject node, JsonPropertyInfo property)
    {
        var isText = property.PropertyType == typeof(string);
        var isList = !isText && property.PropertyType.IsAssignableTo(typeof(IEnumerable));
        var attributes = property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [];
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case DescriptionAttribute description:
                    node["description"] = description.Description;
                    break;
                case RangeAttribute range:
                    AddRange(node, range);
                    break;
                case StringLengthAttribute length:
                    AddLength(node, isText: true, length.MinimumLength, length.MaximumLength);
                    break;
                case LengthAttribute length:
                    AddLength(node, isText, length.MinimumLength, length.MaximumLength);
                    break;
                case MinLengthAttribute length when isText || isList:
                    AddLength(node, isText, length.Length, maximum: null);
                    break;
                case MaxLengthAttribute length when isText || isList:
                    AddLength(node, isText, minimum: 0, length.Length);
                    break;
                case RegularExpressionAttribute expression:
                    // The attribute matches the whole value, a schema any part of it.
                    node["pattern"] = $"^(?:{expression.Pattern})$";
                    break;
                case AllowedValuesAttribute allowed:
                    node["enum"] = new JsonArray(
                        [.. allowed.Values.Select(value => value is null ? null : JsonSerializer.SerializeToNode(value, property.Options))]);
                    break;
            }
        }
    }

    private static void AddRange(JsonObject node, RangeAttribute range)
    {
        if (range.Minimum is not (int or double))
        {
            // No word of JSON Schema bounds a duration: people read it, and binding checks it.
            node["description"] = $"{node["description"]} From {range.Minimum} to {range.Maximum}.".TrimStart();
            return;
        }

        AddBound(node, range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", range.Minimum);
        AddBound(node, range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", range.Maximum);
    }

    // A bound at the end of the type's own range says nothing, and infinity has no JSON form.
    private static void AddBound(JsonObject node, string name, object bound)
    {
        var value = Convert.ToDouble(bound, CultureInfo.InvariantCulture);
        if (double.IsFinite(value) && value is not (int.MaxValue or int.MinValue or double.MaxValue or double.MinValue))
        {
            node[name] = bound is int whole ? JsonValue.Create(whole) : JsonValue.Create(value);
        }
    }

    private static void AddLength(JsonObject node, bool isText, int minimum, int? maximum)
    {
        if (minimum > 0)
        {
            node[isText ? "minLength" : "minItems"] = minimum;
        }

        if (maximum is { } bound and not -1)
        {
            node[isText ? "maxLength" : "maxItems"] = bound;
        }
    }
}

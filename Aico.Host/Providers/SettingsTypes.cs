using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aico.Host.Providers;

/// <summary>Says in words what a setting of a type looks like.</summary>
internal static partial class SettingsTypes
{
    public static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type.IsEnum => $"one of {string.Join(", ", Choices(type))}",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) => "a text",
            _ when type == typeof(TimeSpan) => "a duration such as \"250ms\", \"10s\" or \"2m\"",
            _ when type == typeof(Uri) => "an absolute URL such as \"https://host/path\"",
            _ when type == typeof(float) || type == typeof(double) || type == typeof(decimal) => "a number",
            _ when type.IsPrimitive => "a whole number",
            _ when ElementOf(type) is { } element => $"a list, each {Describe(element)}",
            _ => "an object",
        };
    }

    /// <summary>The choice of an enum that was probably meant; null for other types.</summary>
    public static string? NearestChoice(Type type, JsonNode? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum && value?.GetValueKind() == JsonValueKind.String
            ? NearestName.Of(value.GetValue<string>(), Choices(type))
            : null;
    }

    /// <summary>Turns the serializer's path ("$.words[2]") into a JSON pointer ("/words/2").</summary>
    public static string PointerOf(string? path) =>
        path is null ? "" : string.Concat(Steps().Matches(path).Select(step => $"/{step.Groups["name"].Value}{step.Groups["index"].Value}"));

    private static IEnumerable<string> Choices(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        return type is { IsGenericType: true, GenericTypeArguments.Length: 1 } && type.IsAssignableTo(typeof(IEnumerable))
            ? type.GenericTypeArguments[0]
            : null;
    }

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\[(?<index>\d+)\]")]
    private static partial Regex Steps();
}

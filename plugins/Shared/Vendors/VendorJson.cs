using System.Text.Json;

namespace Aico.Plugins.Shared.Vendors;

/// <summary>Reads fields that a vendor may leave out.</summary>
internal static class VendorJson
{
    /// <summary>A text, or "" where there is none.</summary>
    public static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    public static string? TextOrNull(JsonElement element, string name) => Text(element, name) is { Length: > 0 } text ? text : null;

    public static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.ToString())]
            : [];

    public static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static Uri? Address(JsonElement element, string name) => Uri.TryCreate(Text(element, name), UriKind.Absolute, out var url) ? url : null;
}

using System.Text.Json;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.Chat;

/// <summary>Reads what a stream holds; what is missing or of another kind is null, since vendors add and leave out fields as they like.</summary>
internal static class StreamJson
{
    /// <exception cref="ProviderException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException error)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"The model's stream holds something that is no JSON: {error.Message}", error);
        }
    }

    public static ProviderException Strange(JsonElement element) =>
        new(ProviderFailure.ProtocolError, $"The model's stream holds {element.ValueKind} instead of an object.");

    public static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long? Number(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>An object inside an object.</summary>
    public static bool TryGetObject(JsonElement element, string property, out JsonElement inner) =>
        element.TryGetProperty(property, out inner) && inner.ValueKind == JsonValueKind.Object;

    /// <summary>The elements of a list inside an object.</summary>
    public static IEnumerable<JsonElement> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];
}

using System.Text.Json;

namespace Aico.Host.Calls.Rooms;

/// <summary>Typed text as frontends send it.</summary>
internal static class ChatIn
{
    public const string Topic = "lk.chat";
    public const string LegacyTopic = "lk-chat-topic";

    /// <summary>The message of a packet of the older kind; null where it has none.</summary>
    public static string? Read(ReadOnlySpan<byte> packet)
    {
        try
        {
            var reader = new Utf8JsonReader(packet);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        }
        catch (JsonException)
        {
            // Anyone in the room can send bytes; these are no message.
            return null;
        }
    }
}

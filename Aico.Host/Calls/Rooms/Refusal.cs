using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Why a host refused a job for good, as metadata of the room: a server passes no reason on, and whoever waits may be another process. Only
/// in rooms that were made for the job and are deleted without it.
/// </summary>
internal static class Refusal
{
    private const string Member = "aico.refused";

    public static string Write(string reason) => new JsonObject { [Member] = reason }.ToJsonString();

    /// <summary>Null where the metadata, which is anyone's text, says no such thing.</summary>
    public static string? Read(string metadata)
    {
        if (!metadata.Contains(Member, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(Member, out var reason) && reason.ValueKind == JsonValueKind.String
                ? reason.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json.Serialization;

namespace Aico.Host.Api.LiveKit;

/// <summary>
/// The body of POST /api/livekit/token, as LiveKit's frontends send it, in snake_case; camelCase is taken too. Members that are not
/// known are passed over, since frontends send more with every version.
/// </summary>
internal sealed record TokenBody
{
    [JsonPropertyName("room_name")]
    public string? RoomName { get; init; }

    [JsonPropertyName("participant_identity")]
    public string? ParticipantIdentity { get; init; }

    [JsonPropertyName("participant_name")]
    public string? ParticipantName { get; init; }

    [JsonPropertyName("participant_metadata")]
    public string? ParticipantMetadata { get; init; }

    [JsonPropertyName("participant_attributes")]
    public Dictionary<string, string>? ParticipantAttributes { get; init; }

    [JsonPropertyName("room_config")]
    public RoomBody? RoomConfig { get; init; }

    internal sealed record RoomBody
    {
        public List<AgentBody>? Agents { get; init; }
    }

    internal sealed record AgentBody
    {
        [JsonPropertyName("agent_name")]
        public string? AgentName { get; init; }

        public string? Metadata { get; init; }
    }
}

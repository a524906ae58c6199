using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>How far a job has come. Times are Unix nanoseconds.</summary>
internal sealed record JobState
{
    /// <summary>"JS_PENDING", "JS_RUNNING", "JS_SUCCESS" or "JS_FAILED".</summary>
    [JsonConverter(typeof(ProtoEnumNameConverter))]
    public string Status { get; init; } = "";

    public string Error { get; init; } = "";

    public long StartedAt { get; init; }

    public long EndedAt { get; init; }

    /// <summary>Of the agent in the room.</summary>
    public string ParticipantIdentity { get; init; } = "";

    public string WorkerId { get; init; } = "";
}

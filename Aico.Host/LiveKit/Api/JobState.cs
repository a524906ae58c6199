using System.Text.Json.Serialization;

namespace Aico.Host.LiveKit.Api;

/// <summary>How far a job has come. Times are Unix nanoseconds.</summary>
internal sealed record JobState
{
    /// <summary>"JS_PENDING", "JS_RUNNING", "JS_SUCCESS" or "JS_FAILED".</summary>
    [JsonConverter(typeof(ProtoEnumNameConverter))]
    public string Status { get; set; } = "";

    public string Error { get; set; } = "";

    public long StartedAt { get; set; }

    public long EndedAt { get; set; }

    /// <summary>Of the agent in the room.</summary>
    public string ParticipantIdentity { get; set; } = "";

    public string WorkerId { get; set; } = "";
}

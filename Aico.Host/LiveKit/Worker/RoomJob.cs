namespace Aico.Host.LiveKit.Worker;

/// <summary>A job that the server offers or has assigned: an agent is wanted in a room.</summary>
internal sealed record RoomJob
{
    /// <summary>"AJ_…".</summary>
    public required string Id { get; init; }

    public JobKind Kind { get; init; }

    /// <summary>What was said with the dispatch; empty where it was automatic.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>The name that was asked for; empty where the dispatch was automatic.</summary>
    public string AgentName { get; init; } = "";

    public string DispatchId { get; init; } = "";

    public string RoomName { get; init; } = "";

    public string RoomSid { get; init; } = "";

    public string RoomMetadata { get; init; } = "";

    /// <summary>For jobs of participants and publishers: for whom; null for rooms.</summary>
    public string? ParticipantIdentity { get; init; }

    public IReadOnlyDictionary<string, string> ParticipantAttributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Attributes of the dispatch.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>True where the dispatch asks that the call be recorded.</summary>
    public bool IsRecordingWanted { get; init; }
}

namespace Aico.Host.LiveKit.Api;

/// <summary>What the server tells by a webhook; parts that do not belong to the event are null.</summary>
internal sealed record WebhookEvent
{
    /// <summary>"room_started", "participant_joined", …</summary>
    public string Event { get; init; } = "";

    public string Id { get; init; } = "";

    /// <summary>Unix seconds.</summary>
    public long CreatedAt { get; init; }

    public RoomInfo? Room { get; init; }

    public ParticipantInfo? Participant { get; init; }

    public TrackInfo? Track { get; init; }

    /// <summary>How many earlier events about the same thing were lost.</summary>
    public int NumDropped { get; init; }
}

namespace Aico.Host.LiveKit.Api;

/// <summary>What the server tells by a webhook; parts that do not belong to the event are null.</summary>
internal sealed record WebhookEvent
{
    /// <summary>"room_started", "participant_joined", …</summary>
    public string Event { get; set; } = "";

    public string Id { get; set; } = "";

    /// <summary>Unix seconds.</summary>
    public long CreatedAt { get; set; }

    public RoomInfo? Room { get; set; }

    public ParticipantInfo? Participant { get; set; }

    public TrackInfo? Track { get; set; }

    /// <summary>How many earlier events about the same thing were lost.</summary>
    public int NumDropped { get; set; }
}

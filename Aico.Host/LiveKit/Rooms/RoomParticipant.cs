namespace Aico.Host.LiveKit.Rooms;

/// <summary>Somebody in the room, as they are now: an immutable picture, replaced when something changes.</summary>
internal sealed record RoomParticipant
{
    public required string Sid { get; init; }

    /// <summary>Unique in the room.</summary>
    public required string Identity { get; init; }

    public string Name { get; init; } = "";

    public ParticipantKind Kind { get; init; }

    public string Metadata { get; init; } = "";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>What they publish; empty for ourselves.</summary>
    public IReadOnlyList<RoomTrack> Tracks { get; init; } = [];
}

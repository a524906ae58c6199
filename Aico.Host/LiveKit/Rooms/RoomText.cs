namespace Aico.Host.LiveKit.Rooms;

/// <summary>How a text stream is sent.</summary>
internal sealed record RoomText
{
    public required string Topic { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Who gets it; empty: everybody.</summary>
    public IReadOnlyCollection<string> Destinations { get; init; } = [];

    /// <summary>Whose words they are, where they are not ours; only agents may say so.</summary>
    public string? SenderIdentity { get; init; }
}

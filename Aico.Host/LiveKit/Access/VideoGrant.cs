namespace Aico.Host.LiveKit.Access;

/// <summary>
/// What a token may do with rooms. Null leaves it to the server: publishing and subscribing are allowed then, changing one's own
/// metadata and attributes is not.
/// </summary>
internal sealed record VideoGrant
{
    public bool? RoomCreate { get; init; }

    public bool? RoomList { get; init; }

    public bool? RoomRecord { get; init; }

    public bool? RoomAdmin { get; init; }

    public bool? RoomJoin { get; init; }

    public string? Room { get; init; }

    public bool? CanPublish { get; init; }

    public bool? CanSubscribe { get; init; }

    public bool? CanPublishData { get; init; }

    /// <summary>"microphone", "camera", …; null or empty: all.</summary>
    public IReadOnlyList<string>? CanPublishSources { get; init; }

    public bool? CanUpdateOwnMetadata { get; init; }

    public bool? Hidden { get; init; }

    public bool? Recorder { get; init; }

    /// <summary>Registers as a worker; in a room: is an agent.</summary>
    public bool? Agent { get; init; }

    public bool? CanSubscribeMetrics { get; init; }
}

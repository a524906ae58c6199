namespace Aico.Host.LiveKit.Access;

/// <summary>How a room is made. Timeouts are in seconds; null leaves them to the server.</summary>
internal sealed record RoomConfiguration
{
    public string? Name { get; init; }

    public uint? EmptyTimeout { get; init; }

    public uint? DepartureTimeout { get; init; }

    public uint? MaxParticipants { get; init; }

    public string? Metadata { get; init; }

    /// <summary>Agents that are asked into the room at its creation. Empty: those that take every room.</summary>
    public IReadOnlyList<RoomAgentDispatch>? Agents { get; init; }
}

using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Api;

/// <summary>A room to make. Timeouts are in seconds; null leaves them to the server.</summary>
internal sealed record CreateRoomRequest
{
    public required string Name { get; init; }

    /// <summary>Until a room that nobody came to is closed.</summary>
    public uint? EmptyTimeout { get; init; }

    /// <summary>Until a room that everybody left is closed; agents do not hold it open.</summary>
    public uint? DepartureTimeout { get; init; }

    public uint? MaxParticipants { get; init; }

    public string? Metadata { get; init; }

    /// <summary>Empty or null: the agents that take every room.</summary>
    public IReadOnlyList<RoomAgentDispatch>? Agents { get; init; }
}

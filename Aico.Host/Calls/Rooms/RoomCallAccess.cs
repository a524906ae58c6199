using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>What an extension may use of a call.</summary>
internal sealed record RoomCallAccess
{
    public required IRoom Room { get; init; }

    public required AgentLease Lease { get; init; }

    /// <summary>State, turns and caller as they are now.</summary>
    public required Func<RoomCallInfo> Info { get; init; }

    /// <summary>Takes typed text as a whole turn of the caller.</summary>
    public required Action<string> SendText { get; init; }
}

using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>What it means that somebody has left a room.</summary>
internal static class Departure
{
    /// <summary>True where a caller has left on purpose. Others have lost the connection and may come back, but for a telephone, which does not dial again by itself.</summary>
    public static bool IsForGood(RoomParticipant caller, RoomDisconnectReason reason) => reason switch
    {
        RoomDisconnectReason.ClientInitiated or RoomDisconnectReason.RoomDeleted or RoomDisconnectReason.UserRejected => true,
        RoomDisconnectReason.UserUnavailable or RoomDisconnectReason.SipTrunkFailure => caller.Kind == ParticipantKind.Sip,
        _ => false,
    };

    /// <summary>Why the call ends when a caller has left for good. When a room is deleted its other participants leave before us.</summary>
    public static CallEndReason OfCaller(RoomDisconnectReason reason) =>
        reason is RoomDisconnectReason.RoomDeleted ? CallEndReason.RoomClosed : CallEndReason.CallerLeft;

    /// <summary>Why the call ends when it was the agent who left.</summary>
    public static CallEndReason OfAgent(RoomDisconnectReason reason) => reason switch
    {
        RoomDisconnectReason.RoomDeleted or RoomDisconnectReason.RoomClosed => CallEndReason.RoomClosed,
        RoomDisconnectReason.ParticipantRemoved or RoomDisconnectReason.DuplicateIdentity => CallEndReason.AgentRemoved,
        _ => CallEndReason.ConnectionLost,
    };
}

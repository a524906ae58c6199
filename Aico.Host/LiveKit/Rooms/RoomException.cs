namespace Aico.Host.LiveKit.Rooms;

/// <summary>Something that was asked of a room or of the native library failed. The message is one line for people and holds no token.</summary>
internal sealed class RoomException(RoomFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public RoomFailure Failure => failure;
}

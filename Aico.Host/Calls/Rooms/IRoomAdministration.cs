namespace Aico.Host.Calls.Rooms;

/// <summary>What the agent asks of the LiveKit server rather than of the room. Safe from any thread.</summary>
internal interface IRoomAdministration
{
    /// <summary>Deletes the room, which hangs up on everybody in it. A room that is gone already is no error.</summary>
    /// <exception cref="Aico.Host.LiveKit.Rooms.RoomException">The server refuses or cannot be reached.</exception>
    Task DeleteRoomAsync(string roomName, CancellationToken ct);

    /// <summary>Replaces the room's metadata.</summary>
    /// <exception cref="Aico.Host.LiveKit.Rooms.RoomException">The server refuses or cannot be reached.</exception>
    Task SetRoomMetadataAsync(string roomName, string metadata, CancellationToken ct);

    /// <summary>Hands a telephone caller on to another number; the caller leaves the room.</summary>
    /// <param name="roomName">The room.</param>
    /// <param name="identity">The telephone caller.</param>
    /// <param name="to">A <c>tel:</c> or <c>sip:</c> address.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="Aico.Host.LiveKit.Rooms.RoomException">The server or the telephone network refuses.</exception>
    Task TransferAsync(string roomName, string identity, string to, CancellationToken ct);
}

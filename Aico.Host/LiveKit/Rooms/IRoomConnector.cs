namespace Aico.Host.LiveKit.Rooms;

/// <summary>Joins rooms. One for the process; safe from any thread.</summary>
internal interface IRoomConnector
{
    /// <summary>Joins a room. Returns when media can flow; no event is lost between here and the first <see cref="IRoom.ReadEventsAsync"/>.</summary>
    /// <exception cref="RoomException">It could not be joined; nothing is left behind.</exception>
    Task<IRoom> ConnectAsync(RoomConnectRequest request, CancellationToken ct);
}

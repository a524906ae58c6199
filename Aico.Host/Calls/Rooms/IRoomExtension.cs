using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Something that speaks with frontends about a call. It sees the call's events and the room's, in order within each, from two
/// threads; it returns at once and never throws. Disposal sends what is left, in bounded time.
/// </summary>
internal interface IRoomExtension : ICallObserver, IAsyncDisposable
{
    void On(RoomEvent roomEvent);
}

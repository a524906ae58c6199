using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>
/// A remote session that runs from here to its disposal, for a call in a room: give it the call's events and the room's. Disposal sends
/// what is left, for at most <see cref="Grace"/>. Nothing here throws but a fault of the host, out of the disposal.
/// </summary>
internal sealed class RemoteSessionRun : IRoomExtension
{
    /// <summary>A room that takes nothing any more must not hold up the end of the call's job.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly RemoteSession _session;
    private readonly CancellationTokenSource _stop;
    private readonly Task _running;

    public RemoteSessionRun(RemoteSession session, TimeProvider time)
    {
        _session = session;
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _running = session.RunAsync(_stop.Token);
    }

    public void On(CallEvent callEvent) => _session.On(callEvent);

    public void On(RoomEvent roomEvent)
    {
        if (roomEvent is RoomEvent.BytesReceived stream)
        {
            _session.Receive(stream);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _session.Close();
        _stop.CancelAfter(Grace);
        await _running;
        _stop.Dispose();
    }
}

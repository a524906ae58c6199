using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>An open text stream. The handle is taken by the request that closes it.</summary>
internal sealed class RoomTextWriter(RoomRequests room, FfiHandle writer, Action<RoomTextWriter> closed) : IRoomTextWriter
{
    private bool _isClosed;

    public Task WriteAsync(string text, CancellationToken ct) =>
        _isClosed ? throw new InvalidOperationException("The text stream is closed.") : room.WriteTextAsync(writer, text, ct);

    public async Task CloseAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        try
        {
            await room.CloseTextAsync(writer, attributes, ct);
        }
        finally
        {
            LetGo();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync(new Dictionary<string, string>(), CancellationToken.None);
        }
        catch (RoomException)
        {
            // Readers learn of the end from our leaving.
        }
    }

    /// <summary>Drops the handle without a word to the readers: the room has gone.</summary>
    public void LetGo()
    {
        writer.Dispose();
        closed(this);
    }
}

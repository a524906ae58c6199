using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>The native side of a track of ours. Disposal unpublishes it where the room still stands, and lets go of it.</summary>
internal sealed class PublishedTrack(RoomRequests room, FfiHandle source, FfiHandle track, FfiHandle publication, string sid) : IAsyncDisposable
{
    public FfiHandle Source => source;

    public FfiHandle Track => track;

    public ulong Publication => publication.Id;

    /// <summary>A full reconnect gives it another.</summary>
    public string Sid { get; set; } = sid;

    public async ValueTask DisposeAsync()
    {
        try
        {
            await room.UnpublishAsync(Sid);
        }
        finally
        {
            publication.Dispose();
            track.Dispose();
            source.Dispose();
        }
    }
}

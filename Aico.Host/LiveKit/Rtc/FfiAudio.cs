using System.Collections.Concurrent;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>Where audio events of the native library go: the streams that we hear and the sources that we feed. Safe from any thread.</summary>
internal sealed class FfiAudio(IFfi ffi)
{
    private readonly ConcurrentDictionary<ulong, PublishedAudio> _captures = new();
    private readonly ConcurrentDictionary<ulong, ReceivedAudio> _streams = new();

    public void Add(ulong captureId, PublishedAudio audio) => _captures[captureId] = audio;

    public void Add(ulong stream, ReceivedAudio audio) => _streams[stream] = audio;

    public void RemoveCapture(ulong captureId) => _captures.TryRemove(captureId, out _);

    public void RemoveStream(ulong stream) => _streams.TryRemove(stream, out _);

    /// <summary>How long audio of any room has waited for its reader at most since the last question.</summary>
    public TimeSpan TakeWorstAge()
    {
        var worst = TimeSpan.Zero;
        foreach (var (_, audio) in _streams)
        {
            var age = audio.TakeWorstAge();
            worst = age > worst ? age : worst;
        }

        return worst;
    }

    /// <summary>A frame of ours was taken.</summary>
    public void Captured(DoneCallback message) => _captures.GetValueOrDefault(message.AsyncId)?.OnCaptured(message.HasError);

    /// <summary>Frames of a stream that was closed still come for a moment; their handles are ours too.</summary>
    public void Heard(AudioStreamEvent message)
    {
        var audio = _streams.GetValueOrDefault(message.StreamHandle);
        if (message.FrameReceived is { } received)
        {
            try
            {
                audio?.Take(received.Frame.Info);
            }
            finally
            {
                ffi.Drop(received.Frame.Handle.Id);
            }
        }
        else
        {
            audio?.End();
        }
    }
}

using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.Calls;

namespace Aico.Testing.LiveKit;

/// <summary>The agent's track: plays what it takes one after the other in real time, as the native queue does.</summary>
internal sealed class FakePublishedAudio(
    ScriptedCaller caller, FakeRoom room, string name, TrackSource source, AudioFormat format, TimeSpan queue) : IPublishedAudio
{
    private TimeSpan _queuedUntil;

    public string TrackSid { get; set; } = "TR_agent";

    public string Name => name;

    public TrackSource Source => source;

    public AudioFormat Format => format;

    public TimeSpan Queue => queue;

    public long DroppedFrames { get; private set; }

    public bool IsUnpublished { get; private set; }

    public void Play(ReadOnlyMemory<short> samples)
    {
        var start = _queuedUntil > room.Now ? _queuedUntil : room.Now;
        if (start - room.Now > queue)
        {
            DroppedFrames++;
            return;
        }

        var frame = new AudioFrame(format, samples, start);
        _queuedUntil = frame.End;
        caller.Play(frame);
    }

    public void Clear()
    {
        _queuedUntil = room.Now;
        caller.ClearPlayback();
    }

    public void SetMuted(bool isMuted)
    {
    }

    public ValueTask DisposeAsync()
    {
        IsUnpublished = true;
        return ValueTask.CompletedTask;
    }
}

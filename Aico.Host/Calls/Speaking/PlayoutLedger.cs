using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// What of a reply was sent to be heard, and what was taken back before it was: the transport takes frames long before they are heard, so
/// only this knows what the caller heard. Not thread-safe.
/// </summary>
internal sealed class PlayoutLedger
{
    private readonly LinkedList<(AudioFrame Frame, TimeSpan Position)> _sent = new();
    private readonly LinkedList<(ReadOnlyMemory<short> Samples, TimeSpan Position)> _unheard = new();

    /// <summary>When the last frame that was sent will have been heard, on the call's clock.</summary>
    public TimeSpan QueuedUntil { get; private set; }

    /// <summary>The reply's position behind the last frame that was sent.</summary>
    public TimeSpan Position { get; private set; }

    /// <summary>True while something is there that was taken back.</summary>
    public bool HasUnheard => _unheard.Count > 0;

    /// <summary>Begins a reply; the end of the one before may still be heard.</summary>
    public void Begin()
    {
        Position = TimeSpan.Zero;
        _sent.Clear();
        _unheard.Clear();
    }

    /// <summary>How far the reply was heard, and whether that goes on by itself.</summary>
    public (TimeSpan Position, bool IsMoving) Heard(TimeSpan now)
    {
        var ahead = QueuedUntil - now;
        return ahead > TimeSpan.Zero ? (Position - ahead, true) : (Position, false);
    }

    /// <summary>Notes the next frame and returns it with the time at which it will be heard.</summary>
    public AudioFrame Send(AudioFormat format, ReadOnlyMemory<short> samples, TimeSpan position, TimeSpan now)
    {
        var frame = new AudioFrame(format, samples, QueuedUntil > now ? QueuedUntil : now);
        QueuedUntil = frame.End;
        Position = position + frame.Duration;
        _sent.AddLast((frame, position));
        return frame;
    }

    /// <summary>Lets go of what has been heard.</summary>
    public void Forget(TimeSpan now)
    {
        while (_sent.First is { } oldest && oldest.Value.Frame.End <= now)
        {
            _sent.RemoveFirst();
        }
    }

    /// <summary>Keeps what was sent and not heard, to be sent again.</summary>
    public void TakeBack(TimeSpan now)
    {
        while (_sent.Last is { } last && last.Value.Frame.End > now)
        {
            var (frame, position) = last.Value;
            var heard = Math.Clamp(frame.Format.SamplesIn(now - frame.Offset), 0, frame.Samples.Length);
            _unheard.AddFirst((frame.Samples[heard..], position + frame.Format.DurationOf(heard)));
            _sent.RemoveLast();
        }

        if (_unheard.First is { } first)
        {
            Position = first.Value.Position;
        }

        _sent.Clear();
        QueuedUntil = now;
    }

    /// <summary>Takes the next of what was taken back.</summary>
    public bool TryTakeUnheard(out ReadOnlyMemory<short> samples, out TimeSpan position)
    {
        (samples, position) = _unheard.First?.Value ?? default;
        if (_unheard.Count == 0)
        {
            return false;
        }

        _unheard.RemoveFirst();
        return true;
    }
}

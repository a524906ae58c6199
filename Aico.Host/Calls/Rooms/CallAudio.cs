namespace Aico.Host.Calls.Rooms;

/// <summary>
/// How well a call's audio gets through the host: whether speech came in time, and whether what the caller says waits or is lost. Told
/// of each frame that is played, so it costs a lock and no allocation. Safe from any thread.
/// </summary>
internal sealed class CallAudio
{
    private readonly Lock _lock = new();
    private TimeSpan? _playedUntil;
    private long _lateFrames;
    private TimeSpan _longestGap;
    private Func<TimeSpan>? _takeLongestWait;
    private Func<(long Heard, long Spoken)>? _dropped;

    /// <summary>Where the rest is read from.</summary>
    /// <param name="takeLongestWait">How long the caller's audio waited in the host at most since the last question.</param>
    /// <param name="dropped">Frames that were dropped since the call began, of what the caller said and of what the agent says.</param>
    public void ReadsFrom(Func<TimeSpan> takeLongestWait, Func<(long Heard, long Spoken)> dropped)
    {
        lock (_lock)
        {
            (_takeLongestWait, _dropped) = (takeLongestWait, dropped);
        }
    }

    /// <summary>The call is over: nothing of it is held any more but what was counted.</summary>
    public void Ends()
    {
        Func<(long Heard, long Spoken)>? dropped;
        lock (_lock)
        {
            (_takeLongestWait, dropped) = (null, _dropped);
        }

        var last = dropped?.Invoke() ?? (0, 0);
        lock (_lock)
        {
            _dropped = () => last;
        }
    }

    /// <summary>A frame was handed to the room. One that comes after the frame before it has been heard out leaves a gap in the speech.</summary>
    /// <param name="at">When it will be heard, on the call's clock.</param>
    /// <param name="duration">How long it is.</param>
    public void Plays(TimeSpan at, TimeSpan duration)
    {
        lock (_lock)
        {
            if (_playedUntil is { } until && at > until)
            {
                _lateFrames++;
                _longestGap = at - until > _longestGap ? at - until : _longestGap;
            }

            _playedUntil = at + duration;
        }
    }

    /// <summary>What is played next follows nothing: the speech was stopped, or is over.</summary>
    public void Breaks()
    {
        lock (_lock)
        {
            _playedUntil = null;
        }
    }

    /// <summary>What there is to say now; gaps and waits are those since the last question, counts those since the call began.</summary>
    public CallAudioReading Read()
    {
        Func<TimeSpan>? wait;
        Func<(long Heard, long Spoken)>? dropped;
        long late;
        TimeSpan gap;
        lock (_lock)
        {
            (wait, dropped, late, gap) = (_takeLongestWait, _dropped, _lateFrames, _longestGap);
            _longestGap = TimeSpan.Zero;
        }

        var (heard, spoken) = dropped?.Invoke() ?? (0, 0);
        return new CallAudioReading(late, gap, wait?.Invoke() ?? TimeSpan.Zero, heard, spoken);
    }
}

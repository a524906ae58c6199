namespace Aico.Host.Time;

/// <summary>A timer of <see cref="VirtualTime"/>; its callback runs on the thread that moves the clock.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    // What the system's timers hold: code that passes on this clock must not break on the real one.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _disposed;

    /// <summary>When it fires, in ticks of the virtual clock.</summary>
    public long Due { get; set; }

    /// <summary>Changes with every <see cref="Change"/>, so that an entry of an older schedule is passed over.</summary>
    public long Version { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, Longest);
        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            time.Unschedule(this);
        }
        else
        {
            time.Schedule(this, dueTime);
        }

        return true;
    }

    public void Fire()
    {
        if (_period > TimeSpan.Zero)
        {
            time.Schedule(this, _period);
        }

        callback(state);
    }

    public void Dispose()
    {
        _disposed = true;
        time.Unschedule(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}

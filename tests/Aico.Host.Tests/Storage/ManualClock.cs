namespace Aico.Host.Tests.Storage;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly List<ManualTimer> _timers = [];

    public DateTimeOffset Now { get; set; } = Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock and fires, once each, the timers that are due then.</summary>
    public void Advance(TimeSpan by)
    {
        Now += by;
        _timers.ForEach(timer => timer.FireIfDue());
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        private DateTimeOffset _due = DateTimeOffset.MaxValue;
        private TimeSpan _period;

        public void FireIfDue()
        {
            if (clock.Now >= _due)
            {
                _due = clock.Now + _period;
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock.Now + dueTime;
            _period = period;
            return true;
        }

        public void Dispose() => _due = DateTimeOffset.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

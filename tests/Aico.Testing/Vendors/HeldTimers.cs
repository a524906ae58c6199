namespace Aico.Testing.Vendors;

/// <summary>Real time, but timers fire only when a test says so.</summary>
internal sealed class HeldTimers : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<HeldTimer> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(() => callback(state)) { Due = dueTime };
        lock (_lock)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Fires the timers that are due after the given time; false where there is none.</summary>
    public bool Fire(TimeSpan due)
    {
        List<HeldTimer> timers;
        lock (_lock)
        {
            timers = [.. _timers.Where(timer => timer.Due == due)];
        }

        timers.ForEach(timer => timer.Callback());
        return timers.Count > 0;
    }

    private sealed class HeldTimer(Action callback) : ITimer
    {
        public Action Callback => callback;

        public TimeSpan Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Dispose() => Due = Timeout.InfiniteTimeSpan;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Runtime.ExceptionServices;

namespace Aico.Host.Time;

/// <summary>
/// A clock together with the one thread on which everything that waits for it runs. Idle time is skipped; work that is done outside
/// (a provider's inference or request, marked by <see cref="OutsideWork"/>) takes the real time that it takes. It serves `--fast`,
/// where the whole program runs in <see cref="Run{T}"/>, and the tests of the call loop, which drive it by hand with
/// <see cref="Start"/>, <see cref="Advance"/> and <see cref="RunUntilIdle"/>.
/// </summary>
/// <remarks>
/// It holds because the host awaits without ConfigureAwait(false): each continuation comes back to the pump (ADR 0006).
/// Only <see cref="OutsideWork"/>, timers' creation and posts may come from other threads.
/// </remarks>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Lock _lock = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private readonly VirtualTimePump _pump = new();
    private long _now;
    private long _order;
    private int _outsideWork;
    private (long Real, long Virtual)? _anchor;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => Epoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Marks work whose time is real; dispose the result when it is done. Safe from any thread.</summary>
    public IDisposable OutsideWork() => new OutsideWorkMark(this);

    /// <summary>Runs the body to its end on the calling thread, skipping the time in which nothing but timers is waited for.</summary>
    public T Run<T>(Func<Task<T>> body)
    {
        var task = Start(body);
        while (!task.IsCompleted)
        {
            FollowRealTime();
            if (_pump.TryRunOne())
            {
                continue;
            }

            if (Volatile.Read(ref _outsideWork) > 0)
            {
                FireDueTimers();
                _pump.WaitForWork(TimeToNextTimer());
            }
            else if (!SkipToNextTimer())
            {
                // Nothing is due and nothing is marked: a post can still come from file I/O or a cancelled console.
                _pump.WaitForWork(Timeout.InfiniteTimeSpan);
            }
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Starts the body on the pump's context and runs what can run now.</summary>
    public Task<T> Start<T>(Func<Task<T>> body)
    {
        Task<T>? task = null;
        Exception? error = null;
        _pump.Post(
            _ =>
            {
                try
                {
                    task = body();
                }
                catch (Exception e)
                {
                    error = e;
                }
            },
            null);
        RunUntilIdle();
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return task!;
    }

    /// <summary>Moves the clock, firing each timer at its own time and running all that follows from it.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetTimestamp() + by.Ticks;
        RunUntilIdle();
        while (TryTakeTimer(target) is { } timer)
        {
            timer.Fire();
            RunUntilIdle();
        }

        Interlocked.Exchange(ref _now, target);
        RunUntilIdle();
    }

    /// <summary>Runs everything that waits to run, without moving the clock.</summary>
    public void RunUntilIdle()
    {
        while (_pump.TryRunOne())
        {
        }
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            timer.Due = GetTimestamp() + Math.Max(0, dueTime.Ticks);
            timer.Version = ++_order;
            _timers.Enqueue(timer, (timer.Due, timer.Version));
        }

        _pump.Wake();
    }

    internal void Unschedule(VirtualTimer timer)
    {
        lock (_lock)
        {
            timer.Version = ++_order;
        }
    }

    private void FollowRealTime()
    {
        if (Volatile.Read(ref _outsideWork) == 0)
        {
            _anchor = null;
            return;
        }

        var real = System.GetTimestamp();
        if (_anchor is not { } anchor)
        {
            _anchor = (real, GetTimestamp());
            return;
        }

        var now = anchor.Virtual + System.GetElapsedTime(anchor.Real, real).Ticks;
        if (now > GetTimestamp())
        {
            Interlocked.Exchange(ref _now, now);
        }
    }

    private void FireDueTimers()
    {
        while (TryTakeTimer(GetTimestamp()) is { } timer)
        {
            timer.Fire();
        }
    }

    private bool SkipToNextTimer()
    {
        var timer = TryTakeTimer(long.MaxValue);
        timer?.Fire();
        return timer is not null;
    }

    private VirtualTimer? TryTakeTimer(long until)
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var timer, out var key))
            {
                if (timer.Version != key.Order)
                {
                    _timers.Dequeue();
                    continue;
                }

                if (key.Due > until)
                {
                    return null;
                }

                _timers.Dequeue();
                Interlocked.Exchange(ref _now, Math.Max(_now, key.Due));
                return timer;
            }

            return null;
        }
    }

    private TimeSpan TimeToNextTimer()
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var timer, out var key))
            {
                if (timer.Version == key.Order)
                {
                    return TimeSpan.FromTicks(Math.Max(0, key.Due - _now));
                }

                _timers.Dequeue();
            }

            return Timeout.InfiniteTimeSpan;
        }
    }

    private sealed class OutsideWorkMark : IDisposable
    {
        private VirtualTime? _time;

        public OutsideWorkMark(VirtualTime time)
        {
            _time = time;
            Interlocked.Increment(ref time._outsideWork);
            time._pump.Wake();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _time, null) is { } time)
            {
                Interlocked.Decrement(ref time._outsideWork);
                time._pump.Wake();
            }
        }
    }
}

namespace Aico.Host.Time;

/// <summary>Collects continuations from any thread and runs them, one after the other, on the thread that calls <see cref="TryRunOne"/>.</summary>
internal sealed class VirtualTimePump : SynchronizationContext
{
    private readonly object _gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private bool _woken;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            _work.Enqueue((d, state));
            Monitor.Pulse(_gate);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Code on the pump is awaited, never sent to.");

    public override SynchronizationContext CreateCopy() => this;

    public bool TryRunOne()
    {
        (SendOrPostCallback Callback, object? State) item;
        lock (_gate)
        {
            if (!_work.TryDequeue(out item))
            {
                return false;
            }
        }

        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            item.Callback(item.State);
        }
        finally
        {
            SetSynchronizationContext(previous);
        }

        return true;
    }

    /// <summary>Ends the current or the next <see cref="WaitForWork"/>, because what it waits for has changed.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.Pulse(_gate);
        }
    }

    public void WaitForWork(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_work.Count == 0 && !_woken)
            {
                Monitor.Wait(_gate, timeout);
            }

            _woken = false;
        }
    }
}

namespace Aico.Host.Calls.Rooms;

/// <summary>Waits for one thing at a time: what was waited for before is not any more. Its work is done under its owner's lock, which also guards its members.</summary>
internal sealed class SingleTimer(TimeProvider time) : IDisposable
{
    private ITimer? _timer;

    public void After(Lock owner, TimeSpan delay, Action act)
    {
        _timer?.Dispose();
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                lock (owner)
                {
                    if (_timer == timer)
                    {
                        act();
                    }
                }
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _timer = timer;
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    public void Dispose() => Stop();
}

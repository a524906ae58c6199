namespace Aico.Host.LiveKit.Worker;

/// <summary>The share of the host's processors that was used since the last measurement.</summary>
internal sealed class CpuLoad : ILoadSource
{
    // Less than this says nothing: the system counts in steps of 10 ms.
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMilliseconds(500);

    private readonly CpuAccount _account;
    private readonly TimeProvider _time;
    private TimeSpan _used;
    private long _at;
    private double _load;

    public CpuLoad(CpuAccount account, TimeProvider time)
    {
        _account = account;
        _time = time;
        _used = account.Used() ?? TimeSpan.Zero;
        _at = time.GetTimestamp();
    }

    public double Measure()
    {
        var elapsed = _time.GetElapsedTime(_at);
        if (elapsed < ShortestWindow || _account.Used() is not { } used)
        {
            return _load;
        }

        _load = Math.Clamp((used - _used) / elapsed / _account.Processors(), 0, 1);
        _used = used;
        _at = _time.GetTimestamp();
        return _load;
    }
}

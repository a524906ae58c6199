namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// How late this process's timers are: what fills the playback of every call runs on them, so that a host whose timers are late makes
/// gaps in speech long before its processors look busy, such as on a virtual machine that others take time from.
/// </summary>
internal sealed class TimerLagLoad : ILoadSource, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    // The playback refills when 100 ms are left to be heard.
    private static readonly TimeSpan TooMuch = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private long _last;
    private TimeSpan _worst;

    public TimerLagLoad(TimeProvider time)
    {
        _time = time;
        _last = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Tick(), null, Period, Period);
    }

    public double Measure()
    {
        lock (_lock)
        {
            var worst = _worst;
            _worst = TimeSpan.Zero;
            return Math.Clamp(worst / TooMuch, 0, 1);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        lock (_lock)
        {
            var lag = _time.GetElapsedTime(_last) - Period;
            _last = _time.GetTimestamp();
            _worst = lag > _worst ? lag : _worst;
        }
    }
}

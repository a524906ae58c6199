using Aico.Host.LiveKit.Worker;
using Aico.Host.Time;

namespace Aico.Host.Tests.LiveKit.Worker;

public class LoadSourceTests
{
    [TestCase(0, 0)]
    [TestCase(250, 0.5)]
    [TestCase(2000, 1)]
    public void Audio_that_waits_half_a_second_is_a_full_load(int milliseconds, double load)
    {
        new AudioAgeLoad(() => TimeSpan.FromMilliseconds(milliseconds)).Measure().Should().Be(load);
    }

    [Test]
    public void Timers_in_time_are_no_load()
    {
        var time = new VirtualTime();
        using var lag = new TimerLagLoad(time);

        time.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2), time);
            return true;
        });

        lag.Measure().Should().Be(0);
    }

    [Test]
    public void A_timer_that_is_late_is_a_load_once()
    {
        var time = new LateTime();
        using var lag = new TimerLagLoad(time);

        time.TickAfter(TimeSpan.FromMilliseconds(150));

        lag.Measure().Should().BeApproximately(0.5, 0.001);
        lag.Measure().Should().Be(0);
    }

    /// <summary>A clock whose timers run when the test says so.</summary>
    private sealed class LateTime : TimeProvider
    {
        private TimeSpan _now;
        private TimerCallback _tick = _ => { };

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = callback;
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void TickAfter(TimeSpan elapsed)
        {
            _now += elapsed;
            _tick(null);
        }
    }
}

using Aico.Host.Time;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Time;

public class VirtualTimeTests
{
    [Test]
    public void Fires_timers_in_order_at_their_own_time()
    {
        var time = new VirtualTime();
        var fired = new List<(string, TimeSpan)>();
        using var b = time.CreateTimer(_ => fired.Add(("b", time.GetElapsedTime(0))), null, Seconds(2), Timeout.InfiniteTimeSpan);
        using var a = time.CreateTimer(_ => fired.Add(("a", time.GetElapsedTime(0))), null, Seconds(1), Timeout.InfiniteTimeSpan);
        using var c = time.CreateTimer(_ => fired.Add(("c", time.GetElapsedTime(0))), null, Seconds(2), Timeout.InfiniteTimeSpan);

        time.Advance(Seconds(1.5));
        fired.Should().Equal(("a", Seconds(1)));
        time.Advance(Seconds(5));

        fired.Should().Equal(("a", Seconds(1)), ("b", Seconds(2)), ("c", Seconds(2)));
        time.GetElapsedTime(0).Should().Be(Seconds(6.5));
    }

    [Test]
    public void Repeats_a_periodic_timer_until_it_is_disposed()
    {
        var time = new VirtualTime();
        var fired = 0;
        var timer = time.CreateTimer(_ => fired++, null, Seconds(1), Seconds(1));

        time.Advance(Seconds(3.5));
        timer.Dispose();
        time.Advance(Seconds(10));

        fired.Should().Be(3);
    }

    [Test]
    public void Forgets_an_older_schedule_of_a_timer()
    {
        var time = new VirtualTime();
        var fired = new List<TimeSpan>();
        using var timer = time.CreateTimer(_ => fired.Add(time.GetElapsedTime(0)), null, Seconds(1), Timeout.InfiniteTimeSpan);

        timer.Change(Seconds(3), Timeout.InfiniteTimeSpan);
        time.Advance(Seconds(10));

        fired.Should().Equal(Seconds(3));
    }

    [Test]
    public void Does_not_bring_a_disposed_timer_back()
    {
        var time = new VirtualTime();
        var fired = 0;
        var timer = time.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Dispose();

        timer.Change(Seconds(1), Timeout.InfiniteTimeSpan).Should().BeFalse();
        time.Advance(Seconds(2));

        fired.Should().Be(0);
    }

    [Test]
    public void Runs_what_follows_from_a_timer_before_the_next_one()
    {
        var time = new VirtualTime();
        var steps = new List<string>();
        time.Start(async () =>
        {
            await Task.Delay(Seconds(1), time);
            steps.Add("first");
            await Task.Yield();
            steps.Add("follows");
            return 0;
        });
        using var timer = time.CreateTimer(_ => steps.Add("second"), null, Seconds(1.001), Timeout.InfiniteTimeSpan);

        time.Advance(Seconds(2));

        steps.Should().Equal("first", "follows", "second");
    }

    [Test]
    public void Skips_idle_time()
    {
        var time = new VirtualTime();
        var started = TimeProvider.System.GetTimestamp();

        var elapsed = time.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(5), time);
            return time.GetElapsedTime(0);
        });

        elapsed.Should().Be(TimeSpan.FromHours(5));
        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromMinutes(1));
    }

    [Test]
    public void Does_not_skip_time_in_which_work_is_done_outside()
    {
        var time = new VirtualTime();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var order = time.Run(async () =>
        {
            var order = new List<string>();
            async Task WorkAsync()
            {
                using var work = time.OutsideWork();
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    // Long enough for a clock that does not wait to skip the hour.
                    using var never = new ManualResetEventSlim();
                    never.Wait(TimeSpan.FromMilliseconds(100));
                    gate.SetResult();
                });
                await gate.Task;
                order.Add("work");
            }

            async Task WaitAsync()
            {
                await Task.Delay(TimeSpan.FromHours(1), time);
                order.Add("timer");
            }

            await Task.WhenAll(WaitAsync(), WorkAsync());
            return order;
        });

        order.Should().Equal("work", "timer");
    }

    [Test]
    public void Brings_back_the_error_of_what_it_runs()
    {
        var running = () => new VirtualTime().Run<int>(() => throw new InvalidOperationException("no"));

        running.Should().Throw<InvalidOperationException>().WithMessage("no");
    }
}

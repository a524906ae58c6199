using Aico.Host.Cli;
using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.Hosts;
using Aico.Host.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Cli.Serve;

/// <summary>Call hosts that are fakes, on virtual time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallHostSupervisorTests
{
    private const int Segmentation = 139;

    private readonly VirtualTime _time = new();
    private readonly HostRegistry _registry;
    private readonly FakeCallHosts _hosts;
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stop = new();

    public CallHostSupervisorTests()
    {
        _registry = new HostRegistry(_time);
        _hosts = new FakeCallHosts(_registry);
    }

    [Test]
    public void Starts_one_that_dies_again_at_once_and_leaves_the_others_alone()
    {
        Start(2);
        Pass(TimeSpan.FromMinutes(1));

        _hosts.All[0].End(Segmentation);
        _time.RunUntilIdle();

        _hosts.All.Select(host => host.Number).Should().Equal(1, 2, 1);
        _hosts.All[1].Orders.Should().BeEmpty();
        _registry.Restarts.Should().Equal(new Dictionary<int, int> { [1] = 1 });
        _registry.FindCallHost(1, _hosts.All[0].Id).Should().BeNull("it is dead");
    }

    [Test]
    public void Pauses_after_quick_deaths_only_and_longer_each_time()
    {
        var waits = new List<double>();
        Start(1);
        for (var death = 0; death < 10; death++)
        {
            Pass(TimeSpan.FromSeconds(2));
            var (begun, before) = (_time.GetTimestamp(), _hosts.All.Count);
            _hosts.All[^1].End(70);
            while (_hosts.All.Count == before)
            {
                _time.Advance(TimeSpan.FromMilliseconds(100));
            }

            waits.Add(Math.Round(_time.GetElapsedTime(begun).TotalSeconds, 0));
        }

        waits.Should().Equal(0, 0, 0, 1, 2, 4, 8, 16, 30, 30);

        Pass(TimeSpan.FromSeconds(31));
        _hosts.All[^1].End(70);
        _time.RunUntilIdle();
        _hosts.Living.Should().ContainSingle("one that has lived long is started again at once");
    }

    [TestCase(ExitCode.Failed)]
    [TestCase(ExitCode.BadUsage)]
    public void Ends_with_the_code_of_one_that_could_not_be_started_at_all(int code)
    {
        _hosts.Serve = false;
        var running = Start(2);

        _hosts.All[0].End(code);
        _time.RunUntilIdle();
        _hosts.All[1].Orders.Should().Equal("stop");
        _hosts.All[1].End(0);
        _time.RunUntilIdle();

        CodeOf(running).Should().Be(code);
        _hosts.All.Should().HaveCount(2);
    }

    [Test]
    public void Starts_one_that_has_served_again_whatever_its_code()
    {
        Start(1);
        Pass(TimeSpan.FromMinutes(1));

        _hosts.All[0].End(ExitCode.Failed);
        _time.RunUntilIdle();

        _hosts.Living.Should().ContainSingle();
    }

    [TestCase(100, 0, true)]
    [TestCase(99, 600, true)]
    [TestCase(99, 400, false)]
    public void Replaces_one_that_has_had_its_calls_or_holds_too_much(int served, int megabytes, bool isReplaced)
    {
        Start(1);
        Pass(TimeSpan.FromMinutes(1));
        _hosts.Serve = false;

        _hosts.All[0].Report(status => status with { CallsServed = served, ResidentBytes = (long)megabytes << 20 });
        Pass(TimeSpan.FromSeconds(3));

        _hosts.All.Should().HaveCount(isReplaced ? 2 : 1);
        _hosts.All[0].Orders.Should().BeEmpty("calls go on until another one takes them");
        if (isReplaced)
        {
            _hosts.All[1].Report();
            Pass(TimeSpan.FromSeconds(2));
            _hosts.All[0].Orders.Should().Equal("drain");
            _hosts.All[1].Orders.Should().BeEmpty();
            _registry.Restarts.Should().BeEmpty("nothing has died");
        }
    }

    [Test]
    public void Replaces_one_that_somebody_else_told_to_end()
    {
        Start(1);
        _hosts.All[0].Report(status => status with { Phase = HostPhase.Draining });
        Pass(TimeSpan.FromSeconds(3));

        _hosts.Living.Should().HaveCount(2);
    }

    [Test]
    public void Has_one_that_drains_for_each_place_at_most()
    {
        Start(1);
        _hosts.All[0].Report(status => status with { CallsServed = 100 });
        Pass(TimeSpan.FromSeconds(5));
        _hosts.All[1].Report(status => status with { CallsServed = 100 });
        Pass(TimeSpan.FromSeconds(60));

        _hosts.All.Should().HaveCount(2);
        _hosts.All[0].End(0);
        Pass(TimeSpan.FromSeconds(5));
        _hosts.All.Should().HaveCount(3);
    }

    [Test]
    public void Keeps_the_old_one_where_its_replacement_does_not_serve()
    {
        Start(1);
        _hosts.Serve = false;
        _hosts.All[0].Report(status => status with { CallsServed = 100 });
        Pass(TimeSpan.FromSeconds(70));

        _hosts.All[1].Orders.Should().Equal("kill");
        _hosts.Living.Should().Equal(_hosts.All[0]);
        _hosts.All[0].Orders.Should().BeEmpty();

        _hosts.All[0].Report(status => status with { CallsServed = 101 });
        Pass(TimeSpan.FromSeconds(60));
        _hosts.All.Should().HaveCount(3, "after a pause it is tried again");
    }

    [Test]
    public void Does_not_replace_one_that_is_too_large_before_its_first_call()
    {
        Start(1);
        _hosts.All[0].Report(status => status with { ResidentBytes = 600L << 20 });
        Pass(TimeSpan.FromMinutes(2));

        _hosts.All.Should().HaveCount(1);
    }

    [Test]
    public void Drains_all_of_them_and_starts_none_again()
    {
        var running = Start(2);
        Cancel(_drain);
        _hosts.All.Should().AllSatisfy(host => host.Orders.Should().Equal("drain"));

        _hosts.All[0].End(0);
        Pass(TimeSpan.FromMinutes(5));
        running.IsCompleted.Should().BeFalse("calls go on");
        _hosts.All[1].End(0);
        _time.RunUntilIdle();

        CodeOf(running).Should().Be(0);
        _hosts.All.Should().HaveCount(2);
    }

    [Test]
    public void Ends_at_once_when_told_again_and_kills_who_does_not()
    {
        var running = Start(1);
        Cancel(_drain);
        Cancel(_stop);
        _hosts.All[0].Orders.Should().Equal("drain", "stop");

        Pass(TimeSpan.FromSeconds(21));

        _hosts.All[0].Orders.Should().Equal("drain", "stop", "kill");
        running.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Ends_who_does_not_end_by_the_limit()
    {
        Start(1);
        Cancel(_drain);

        Pass(TimeSpan.FromSeconds(600 + 35 - 1));
        _hosts.All[0].Orders.Should().Equal("drain");
        Pass(TimeSpan.FromSeconds(2));
        _hosts.All[0].Orders.Should().Equal("drain", "stop");
    }

    private Task<int> Start(int count)
    {
        var policy = new CallHostPolicy(count, 100, 500L << 20, TimeSpan.FromMinutes(10));
        return _time.Start(() => new CallHostSupervisor(policy, _hosts, _registry, _time, NullLogger.Instance).RunAsync(_drain.Token, _stop.Token));
    }

    // What was reported stays so: fakes say nothing again.
    private void Pass(TimeSpan time)
    {
        var until = _time.GetUtcNow() + time;
        while (_time.GetUtcNow() < until)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static int CodeOf(Task<int> running)
    {
        running.IsCompletedSuccessfully.Should().BeTrue();
        return running.GetAwaiter().GetResult();
    }

    private void Cancel(CancellationTokenSource source)
    {
        _time.Start(() =>
        {
            source.Cancel();
            return Task.FromResult(true);
        });
        _time.RunUntilIdle();
    }
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Telemetry.Exposition;
using Aico.Host.Telemetry.Live;
using Aico.Host.Telemetry.Metrics;
using Aico.Host.Telemetry.Monitoring;
using Aico.Host.Tests.Api.Configuration;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Telemetry;

/// <summary>Whether the host keeps up, and whom it names where it does not.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostMonitorTests : IDisposable
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly ManualClock _clock = new();
    private readonly CollectedLog _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly HostMeter _meter = new("1.2.3");
    private readonly MetricScrape _scrape;
    private readonly RoomCallRegistry _registry;
    private readonly Queue<Action> _pool = new();
    private readonly HostMonitor _monitor;
    private bool _isPoolFree = true;
    private TimeSpan _cpu;

    public HostMonitorTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _scrape = new MetricScrape(_meter.Meter);
        _registry = new RoomCallRegistry(_clock);
        Cpu = new CpuShare(() => _cpu, processors: 2, _clock);
        _monitor = new HostMonitor(_meter, new OrganizationLabel(10), () => _registry.Live, Queue, Cpu, _clock, _loggers.CreateLogger<HostMonitor>());
    }

    private CpuShare Cpu { get; }

    [Test]
    public void Names_the_call_whose_speech_came_late()
    {
        var call = Begin("J_1", "acme", "lobby");
        Begin("J_2", "globex", "hall");
        call.Audio.Plays(TimeSpan.Zero, Frame);
        call.Audio.Plays(TimeSpan.FromMilliseconds(120), Frame);

        Look();

        _log.Text.Should().Contain("Call J_1 of acme in room lobby: 1 frames of speech came late, the longest gap was 100 ms").And.NotContain("J_2");
        Scrape()["aico_audio_late_frames_total{organization=\"acme\"}"].Should().Be(1);
        _monitor.Calls.Select(reading => reading.LateFrames).Should().Equal(1, 0);
    }

    [Test]
    public void Measures_a_gap_that_nobody_hears_and_says_nothing()
    {
        var call = Begin("J_1", "acme", "lobby");
        call.Audio.Plays(TimeSpan.Zero, Frame);
        call.Audio.Plays(TimeSpan.FromMilliseconds(50), Frame);

        Look();

        _log.Text.Should().NotContain("J_1");
        Scrape()["aico_audio_late_frames_total{organization=\"acme\"}"].Should().Be(1);
    }

    [Test]
    public void Names_the_call_whose_caller_waits_or_is_lost()
    {
        var call = Begin("J_1", "acme", "lobby");
        var (wait, dropped) = (TimeSpan.FromMilliseconds(300), (Heard: 4L, Spoken: 1L));
        call.Audio.ReadsFrom(() => wait, () => dropped);

        Look();

        _log.Text.Should().Contain("Call J_1 of acme in room lobby").And.Contain("waited up to 300 ms; 5 frames were dropped");
        var text = Scrape();
        text["aico_audio_queue_age_seconds_sum{organization=\"acme\"}"].Should().Be(0.3);
        text["aico_audio_dropped_frames_total{direction=\"heard\",organization=\"acme\"}"].Should().Be(4);
        text["aico_audio_dropped_frames_total{direction=\"spoken\",organization=\"acme\"}"].Should().Be(1);
    }

    [Test]
    public void Says_it_of_a_call_once_in_ten_seconds_with_all_that_came_meanwhile()
    {
        var call = Begin("J_1", "acme", "lobby");
        var dropped = 0L;
        call.Audio.ReadsFrom(() => TimeSpan.Zero, () => (dropped, 0));
        for (var second = 0; second < 15; second++)
        {
            dropped++;
            Look();
        }

        Lines("Call J_1").Should().HaveCount(2);
        Lines("Call J_1")[1].Should().Contain("10 frames were dropped");
        Scrape()["aico_audio_dropped_frames_total{direction=\"heard\",organization=\"acme\"}"].Should().Be(15);
    }

    [Test]
    public void Tells_how_long_work_waits_for_a_thread_and_which_calls_go_on_meanwhile()
    {
        for (var i = 1; i <= 7; i++)
        {
            Begin($"J_{i}", "acme", $"room{i}");
        }

        _isPoolFree = false;
        Look();
        _clock.Now += TimeSpan.FromMilliseconds(400);
        _monitor.PoolDelay.Should().Be(TimeSpan.FromMilliseconds(400), "it still waits");
        RunPool();

        Lines("does not keep up").Should().ContainSingle().Which.Should()
            .Contain("work waited for a thread for 400 ms").And.Contain("7 calls went on: J_1 in room1, J_2 in room2").And.Contain("J_5 in room5 and 2 more").And.NotContain("J_6");
        Scrape()["aico_thread_pool_delay_seconds_sum"].Should().BeApproximately(0.4, 1e-9);
    }

    [Test]
    public void Tells_of_work_that_has_no_thread_yet()
    {
        Begin("J_1", "acme", "lobby");
        _isPoolFree = false;

        Look();
        Look();

        Lines("does not keep up").Should().ContainSingle().Which.Should().Contain("work has waited for a thread for 1000 ms").And.Contain("J_1 in lobby");
    }

    [Test]
    public void Tells_how_late_timers_are()
    {
        Begin("J_1", "acme", "lobby");

        _clock.Advance(HostMonitor.Period + TimeSpan.FromMilliseconds(700));

        Lines("does not keep up").Should().ContainSingle().Which.Should().Contain("timers were late by 700 ms").And.Contain("J_1 in lobby");
        Scrape()["aico_timer_delay_seconds_sum"].Should().BeApproximately(0.7, 1e-9);
    }

    [Test]
    public void Says_nothing_of_a_host_that_keeps_up()
    {
        var call = Begin("J_1", "acme", "lobby");
        call.Audio.ReadsFrom(() => TimeSpan.FromMilliseconds(32), () => (0, 0));
        for (var frame = 0; frame < 100; frame++)
        {
            call.Audio.Plays(frame * Frame, Frame);
        }

        for (var second = 0; second < 30; second++)
        {
            Look();
        }

        _log.Text.Should().BeEmpty();
        Scrape()["aico_thread_pool_delay_seconds_count"].Should().Be(30);
    }

    [Test]
    public void Forgets_calls_that_have_ended()
    {
        var call = Begin("J_1", "acme", "lobby");
        Look();
        _registry.HasEnded(call, CallEndReason.CallerLeft, null);
        Look();

        _monitor.Calls.Should().BeEmpty();
    }

    [Test]
    public void Knows_the_share_of_the_processors_over_the_last_seconds()
    {
        for (var second = 0; second < 20; second++)
        {
            // Half a processor of two, then a whole one.
            _cpu += TimeSpan.FromSeconds(second < 10 ? 0.5 : 1);
            Look();
            if (second == 9)
            {
                Cpu.Share.Should().BeApproximately(0.25, 1e-9);
            }
        }

        Cpu.Share.Should().BeApproximately(0.5, 1e-9);
    }

    public void Dispose()
    {
        _monitor.Dispose();
        _scrape.Dispose();
        _meter.Dispose();
        _loggers.Dispose();
        _log.Dispose();
    }

    private RoomCall Begin(string id, string organization, string room)
    {
        var call = _registry.Begin(id, room);
        call.Serves(
            new AgentLease
            {
                OrganizationId = organization,
                Agent = new AgentSettings(),
                Room = new RoomCallSettings(),
                Providers = new CallProviders { LanguageModel = Aico.Host.Providers.Fallback.ProviderChain<Microsoft.Extensions.AI.IChatClient>.Of("llm", new Aico.Testing.Calls.ScriptedLanguageModel(_clock)) },
                Return = () => ValueTask.CompletedTask,
            },
            null);
        return call;
    }

    private void Look() => _clock.Advance(HostMonitor.Period);

    private void Queue(Action work)
    {
        _pool.Enqueue(work);
        if (_isPoolFree)
        {
            RunPool();
        }
    }

    private void RunPool()
    {
        while (_pool.TryDequeue(out var work))
        {
            work();
        }
    }

    private string[] Lines(string with) => [.. _log.Text.Split('\n').Where(line => line.Contains(with, StringComparison.Ordinal))];

    private PrometheusText Scrape() => PrometheusText.Read(_scrape.Write());
}

using System.Diagnostics.Metrics;
using Aico.Host.Hosts;
using Aico.Host.Tests.Storage;

namespace Aico.Host.Tests.Hosts;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostRegistryTests
{
    private readonly ManualClock _clock = new();
    private readonly HostRegistry _hosts;

    public HostRegistryTests() => _hosts = new HostRegistry(_clock);

    [Test]
    public void Lists_this_host_first_and_others_by_name()
    {
        _hosts.Own = () => SampleHost.Of("own", "vm9");
        _hosts.Report(SampleHost.Of("b", "vm2"));
        _hosts.Report(SampleHost.Of("a", "vm1"));

        _hosts.List().Select(host => host.Label).Should().Equal("vm9", "vm1", "vm2");
    }

    [Test]
    public void Tells_hosts_of_one_name_apart()
    {
        _hosts.Report(SampleHost.Of("a", "vm1", 7));
        _hosts.Report(SampleHost.Of("b", "vm1", 8));

        _hosts.List().Select(host => host.Label).Should().Equal("vm1:7", "vm1:8");
    }

    [Test]
    public void Marks_a_silent_host_and_then_forgets_it()
    {
        _hosts.Report(SampleHost.Of("a"));
        _clock.Now += HostRegistry.StaleAfter;
        _hosts.List().Single().IsStale.Should().BeFalse();

        _clock.Now += TimeSpan.FromSeconds(1);
        _hosts.List().Single().IsStale.Should().BeTrue();

        _clock.Now += HostRegistry.ForgottenAfter;
        _hosts.List().Should().BeEmpty();
    }

    [Test]
    public void Forgets_a_host_that_says_goodbye_and_a_call_host_that_has_ended()
    {
        _hosts.Report(SampleHost.Of("a"));
        _hosts.Report(SampleHost.Of("b", "vm1/1", 8, callHost: 1));
        _hosts.Report(SampleHost.Of("c", "vm1/1", 9, callHost: 1));

        _hosts.Report(SampleHost.Of("a") with { Phase = HostPhase.Stopped });
        _hosts.HasEnded(1, 8);

        _hosts.List().Select(host => host.Status.Id).Should().Equal("c");
        _hosts.FindCallHost(1, 8).Should().BeNull();
        _hosts.FindCallHost(1, 9).Should().NotBeNull();
    }

    [Test]
    public void Shows_hosts_as_metrics_of_the_meter_Aico()
    {
        using var meter = new Meter("Aico");
        HostMetrics.Add(meter, _hosts);
        _hosts.Report(SampleHost.Of("a", $"{Environment.MachineName}/1", 8, callHost: 1));
        _hosts.CountRestart(1);
        var seen = new List<(string, long, object?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, to) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    to.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, value, tags[0].Value)));
        listener.Start();
        listener.RecordObservableInstruments();

        var label = $"{Environment.MachineName}/1";
        seen.Should().Contain([("aico.host.calls", 3L, (object?)label), ("aico.host.memory", 180_000_000L, label), ("aico.host.restarts", 1L, label)]);
    }
}

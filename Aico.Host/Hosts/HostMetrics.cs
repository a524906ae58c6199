using System.Diagnostics.Metrics;

namespace Aico.Host.Hosts;

/// <summary>
/// The known hosts as metrics, each with the label <c>host</c>: <c>aico.host.calls</c>, <c>aico.host.memory</c> (bytes) and
/// <c>aico.host.restarts</c>. Stale hosts are left out. They end with the meter.
/// </summary>
internal sealed class HostMetrics
{
    private const string Label = "host";

    private readonly HostRegistry _hosts;

    private HostMetrics(HostRegistry hosts) => _hosts = hosts;

    public static void Add(Meter meter, HostRegistry hosts)
    {
        var metrics = new HostMetrics(hosts);
        meter.CreateObservableGauge("aico.host.calls", () => metrics.Each(host => (long)host.Status.Calls), "{call}", "Calls that run on a host.");
        meter.CreateObservableGauge("aico.host.memory", () => metrics.Each(host => host.Status.ResidentBytes), "By", "Resident memory of a host.");
        meter.CreateObservableCounter("aico.host.restarts", metrics.Restarts, "{restart}", "Times that a call host was started again after its death.");
    }

    private List<Measurement<long>> Each(Func<HostEntry, long> value) =>
        [.. _hosts.List().Where(host => !host.IsStale).Select(host => new Measurement<long>(value(host), KeyValuePair.Create<string, object?>(Label, host.Label)))];

    // Also while the call host is away: a counter that vanishes looks like one that began anew.
    private List<Measurement<long>> Restarts() =>
        [.. _hosts.Restarts.Select(restarts => new Measurement<long>(restarts.Value, KeyValuePair.Create<string, object?>(Label, HostNames.Of(restarts.Key))))];
}

using System.Diagnostics.Metrics;

namespace Aico.Host.Hosts;

/// <summary>
/// The known hosts as metrics of the meter "Aico", each with the label <c>host</c>: <c>aico.host.calls</c>, <c>aico.host.memory</c> (bytes)
/// and <c>aico.host.restarts</c>. Stale hosts are left out. Disposal ends them.
/// </summary>
internal sealed class HostMetrics : IDisposable
{
    private const string Label = "host";

    private readonly Meter _meter = new("Aico");
    private readonly HostRegistry _hosts;

    public HostMetrics(HostRegistry hosts)
    {
        _hosts = hosts;
        _meter.CreateObservableGauge("aico.host.calls", () => Each(host => (long)host.Status.Calls), "{call}", "Calls that run on a host.");
        _meter.CreateObservableGauge("aico.host.memory", () => Each(host => host.Status.ResidentBytes), "By", "Resident memory of a host.");
        _meter.CreateObservableCounter("aico.host.restarts", Restarts, "{restart}", "Times that a call host was started again after its death.");
    }

    public void Dispose() => _meter.Dispose();

    private List<Measurement<long>> Each(Func<HostEntry, long> value) =>
        [.. _hosts.List().Where(host => !host.IsStale).Select(host => new Measurement<long>(value(host), KeyValuePair.Create<string, object?>(Label, host.Label)))];

    // Also while the call host is away: a counter that vanishes looks like one that began anew.
    private List<Measurement<long>> Restarts() =>
        [.. _hosts.Restarts.Select(restarts => new Measurement<long>(restarts.Value, KeyValuePair.Create<string, object?>(Label, HostNames.Of(restarts.Key))))];
}

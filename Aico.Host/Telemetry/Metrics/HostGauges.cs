using System.Diagnostics.Metrics;
using Aico.Host.Providers.Fallback;
using Aico.Host.Telemetry.Live;

namespace Aico.Host.Telemetry.Metrics;

/// <summary>What is looked at when somebody asks for metrics.</summary>
internal static class HostGauges
{
    public static void Add(Meter meter, HostReadings host, OrganizationLabel organizations)
    {
        meter.CreateObservableGauge(
            "aico.host.info", () => new Measurement<int>(1, Label.Of(Label.Version, host.Version), Label.Of(Label.Role, host.Role)), null, "This host; always 1.");
        meter.CreateObservableGauge(
            "aico.calls.active",
            () => host.Calls().GroupBy(call => organizations.Of(call.Status.Info.OrganizationId)).Select(of => new Measurement<int>(of.Count(), Label.Of(Label.Organization, of.Key))),
            "{call}",
            "Calls that go on.");
        Worker(meter, host);
        Providers(meter, host);
        if (host.DatabaseQueue is { } queue)
        {
            meter.CreateObservableGauge(
                "aico.database.queue",
                () => queue() is var (writes, reads) ? [new(writes, Label.Of(Label.Queue, "writes")), new(reads, Label.Of(Label.Queue, "reads"))] : Array.Empty<Measurement<int>>(),
                "{job}",
                "Jobs that wait for the database.");
        }

        meter.CreateObservableCounter("aico.usage.lost", host.LostUsage, "{row}", "Rows of usage that were not kept.");
        meter.CreateObservableGauge(
            "aico.plugins",
            () => host.Plugins() is var (loaded, rejected) ? [new(loaded, Label.Of(Label.State, "loaded")), new(rejected, Label.Of(Label.State, "rejected"))] : Array.Empty<Measurement<int>>(),
            "{plugin}",
            "Plugins that serve, and that were rejected.");
    }

    private static void Worker(Meter meter, HostReadings host)
    {
        // LiveKit's agents have these two names, and these meanings.
        Observe<int>("lk_agents_active_job_count", null, "Calls that this host's worker has.", worker => worker.State.ActiveJobs.Count);
        Observe<double>("lk_agents_worker_load", null, "The worker's load, 0 to 1.", worker => worker.State.Load);
        Observe<int>("aico.worker.registered", null, "1 where the LiveKit server can offer calls to this host.", worker => worker.State.IsConnected ? 1 : 0);
        Observe<int>("aico.worker.places", "{call}", "The most calls at once.", worker => worker.Places);
        Observe<int>("aico.worker.reserved_places", "{call}", "Places of calls that were promised and have not begun.", worker => worker.State.ReservedPlaces);
        Observe<int>("aico.worker.full", null, "1 where no more calls are taken.", worker => worker.State.IsFull ? 1 : 0);
        meter.CreateObservableGauge("aico.native.handles", () => host.NativeHandles() is { } handles ? [new(handles)] : Array.Empty<Measurement<long>>(), "{handle}", "Handles of LiveKit's native library.");

        void Observe<T>(string name, string? unit, string description, Func<WorkerReading, T> read)
            where T : struct =>
            meter.CreateObservableGauge(name, () => host.Worker() is { } worker ? [new(read(worker))] : Array.Empty<Measurement<T>>(), unit, description);
    }

    private static void Providers(Meter meter, HostReadings host)
    {
        meter.CreateObservableGauge(
            "aico.provider.outages",
            () => host.Outages()
                .GroupBy(outage => (outage.Provider, outage.Scope, outage.Failure))
                .Select(of => new Measurement<int>(
                    of.Count(),
                    Label.Of(Label.Provider, of.Key.Provider),
                    Label.Of(Label.Scope, of.Key.Scope.ToString()),
                    Label.Of(Label.Failure, of.Key.Failure.ToString()))),
            "{outage}",
            "Addresses, credentials and models of a provider that are out.");
        meter.CreateObservableGauge(
            "aico.provider.state",
            () => States(host.Providers(), host.Outages()),
            null,
            "0: all of a provider is there. 1: it recovers, or is out for some. 2: an address of it is out for everybody.");
    }

    private static IEnumerable<Measurement<int>> States(IReadOnlyCollection<string> providers, IReadOnlyList<OutageView> outages) =>
        providers.Select(provider => new Measurement<int>(
            outages.Where(outage => outage.Provider == provider).Select(outage => outage is { Scope: OutageScope.Endpoint, Phase: not OutagePhase.Recovering } ? 2 : 1).DefaultIfEmpty(0).Max(),
            Label.Of(Label.Provider, provider)));
}

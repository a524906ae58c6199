using System.Diagnostics;
using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Telemetry;
using Aico.Host.Telemetry.Live;
using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench;

/// <summary>What a serving host records of its calls: usage, metrics, and traces as for a collector that takes them all. Nothing of it is kept.</summary>
internal sealed class BenchTelemetry : IDisposable
{
    private readonly HostTelemetry _telemetry;
    private readonly UsageAccount _usage;
    private readonly ActivityListener _collector;

    public BenchTelemetry(TimeProvider time)
    {
        _telemetry = new HostTelemetry(
            new TelemetrySettings(),
            new HostReadings { Version = HostVersion.Text, Role = "bench", Calls = () => [], Outages = () => [], Providers = () => [], Plugins = () => (0, 0), LostUsage = () => 0 },
            time,
            NullLoggerFactory.Instance);
        _usage = new UsageAccount(new Pricing(PriceTable.Empty, _ => null), _telemetry.Used, time);
        _collector = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, _telemetry.Source),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_collector);
    }

    public ICallObserver Open(CallIdentity call) => new CallObservers(_usage.Open(call), _telemetry.Open(call));

    public void Dispose()
    {
        _collector.Dispose();
        _telemetry.Dispose();
    }
}

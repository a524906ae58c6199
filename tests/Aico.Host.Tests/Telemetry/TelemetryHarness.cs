using System.Diagnostics;
using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Providers.Fallback;
using Aico.Host.Telemetry;
using Aico.Host.Telemetry.Live;
using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Telemetry;

/// <summary>A host's telemetry before readings that a test makes up, with all spans that it writes.</summary>
internal sealed class TelemetryHarness : IDisposable
{
    private readonly ActivityListener? _listener;
    private readonly UsageAccount _account;

    public TelemetryHarness(TimeProvider time, TelemetrySettings? settings = null, bool traces = true, ILoggerFactory? loggers = null, Func<WorkerReading?>? worker = null)
    {
        Registry = new RoomCallRegistry(time);
        Telemetry = new HostTelemetry(
            settings ?? new TelemetrySettings(),
            new HostReadings
            {
                Version = "1.2.3",
                Role = "all",
                Calls = () => Registry.Live,
                Outages = () => Outages,
                Providers = () => ["good", "bad"],
                Plugins = () => (2, 1),
                DatabaseQueue = () => (3, 1),
                LostUsage = () => 5,
                NativeHandles = () => 7,
                Worker = worker ?? (() => null),
            },
            time,
            loggers ?? NullLoggerFactory.Instance);
        _account = new UsageAccount(new Pricing(new PriceTable([Priced]), _ => null), Telemetry.Used, time);
        if (traces)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => ReferenceEquals(source, Telemetry.Source),
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Spans.Add,
            };
            ActivitySource.AddActivityListener(_listener);
        }
    }

    public HostTelemetry Telemetry { get; }

    public RoomCallRegistry Registry { get; }

    public List<OutageView> Outages { get; } = [];

    /// <summary>In the order in which they ended.</summary>
    public List<Activity> Spans { get; } = [];

    private static Price Priced => new() { Provider = "llm", ValidFrom = new DateOnly(1970, 1, 1), Units = [new UnitPrice(PriceUnit.Request, 2, 1)], Source = "a test" };

    /// <summary>All that a serving host tells of a call's events.</summary>
    public ICallObserver Open(CallIdentity call) => new CallObservers(_account.Open(call), Telemetry.Open(call));

    public PrometheusText Scrape() => PrometheusText.Read(Telemetry.WriteMetrics());

    public IReadOnlyList<Activity> Named(string name) => [.. Spans.Where(span => span.DisplayName == name)];

    public Activity Parent(Activity span) => Spans.Single(parent => parent.SpanId == span.ParentSpanId);

    public void Dispose()
    {
        _listener?.Dispose();
        Telemetry.Dispose();
    }
}

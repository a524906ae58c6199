using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Storage;
using Aico.Host.Telemetry.Export;
using Aico.Host.Telemetry.Exposition;
using Aico.Host.Telemetry.Live;
using Aico.Host.Telemetry.Metrics;
using Aico.Host.Telemetry.Monitoring;
using Aico.Host.Telemetry.Tracing;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Telemetry;

/// <summary>All that a serving host tells of itself. Made once, before the first call; its disposal sends what is waiting. Safe from any thread.</summary>
internal sealed class HostTelemetry : IDisposable
{
    private readonly TelemetrySettings _settings;
    private readonly HostReadings _host;
    private readonly TimeProvider _time;
    private readonly HostMeter _meter;
    private readonly ActivitySource _source;
    private readonly OrganizationLabel _organizations;
    private readonly TurnLatencies _latencies = new();
    private readonly UsageMetrics _usage;
    private readonly MetricScrape _scrape;
    private readonly OtlpExport? _export;
    private readonly CpuShare _cpu;
    private readonly HostMonitor _monitor;
    private readonly DateTimeOffset _started;

    public HostTelemetry(TelemetrySettings settings, HostReadings host, TimeProvider time, ILoggerFactory loggers)
    {
        (_settings, _host, _time) = (settings, host, time);
        _started = time.GetUtcNow();
        _meter = new HostMeter(host.Version);
        _source = new ActivitySource(HostMeter.Name, host.Version);
        _organizations = new OrganizationLabel(settings.MaximumOrganizations);
        _usage = new UsageMetrics(_meter, _organizations);
        HostGauges.Add(_meter.Meter, host, _organizations);
        _scrape = new MetricScrape(_meter.Meter);
        _export = OtlpExport.Open(settings, _source.Name, host.Version);
        _cpu = new CpuShare(() => Environment.CpuUsage.TotalTime, Environment.ProcessorCount, time);
        _monitor = new HostMonitor(
            _meter, _organizations, host.Calls, work => ThreadPool.UnsafeQueueUserWorkItem(static work => work(), work, preferLocal: false), _cpu, time, loggers.CreateLogger<HostMonitor>());
    }

    /// <summary>For numbers of parts that telemetry does not know.</summary>
    public Meter Meter => _meter.Meter;

    /// <summary>The source of traces, for those who listen to it.</summary>
    public ActivitySource Source => _source;

    /// <summary>Where traces and metrics go, for whoever starts the host; null: nowhere.</summary>
    public string? Description => (_settings.SendsTraces, _settings.SendsMetrics) switch
    {
        (true, true) => $"Traces and metrics are sent by OTLP{Texts}",
        (true, false) => $"Traces are sent by OTLP{Texts}",
        (false, true) => "Metrics are sent by OTLP",
        _ => null,
    };

    /// <summary>What tells of a call; it is to be told all of the call's events.</summary>
    public ICallObserver Open(CallIdentity call)
    {
        var metrics = new CallMetrics(call, _meter, _organizations, _latencies);
        return _source.HasListeners() ? new CallObservers(metrics, new CallTrace(_source, call, () => Facts(call), _settings.TracesText, _time)) : metrics;
    }

    /// <summary>Counts what was used.</summary>
    public void Used(IReadOnlyList<UsageRow> rows) => _usage.Count(rows);

    /// <summary>All metrics in Prometheus' text format.</summary>
    public string WriteMetrics() => _scrape.Write();

    public HostStatus Status() => new()
    {
        Version = _host.Version,
        Role = _host.Role,
        ProcessId = Environment.ProcessId,
        Started = _started,
        Now = _time.GetUtcNow(),
        Process = new ProcessReading(
            _cpu.Share, Environment.ProcessorCount, Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false), ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount, _monitor.PoolDelay),
        Worker = _host.Worker(),
        Calls = _monitor.Calls,
        Latencies = _latencies.Summarize(),
        Providers = _host.Providers().Count,
        Outages = _host.Outages(),
        Plugins = _host.Plugins(),
        DatabaseQueue = _host.DatabaseQueue?.Invoke(),
    };

    public void Dispose()
    {
        _monitor.Dispose();
        _export?.Dispose();
        _scrape.Dispose();
        _source.Dispose();
        _meter.Dispose();
    }

    private string Texts => _settings.TracesText ? $", with what is said in calls ({TelemetrySettings.TextVariable})" : "";

    private CallFacts? Facts(CallIdentity call) =>
        _host.Calls().FirstOrDefault(live => live.Id == call.CallId) is { Status.Info: var info } ? new CallFacts(info.RoomName, info.AgentName, info.ConfigurationVersion) : null;
}

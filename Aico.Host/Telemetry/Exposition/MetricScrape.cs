using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Aico.Host.Telemetry.Exposition;

/// <summary>
/// Keeps what a meter, and some of the framework's, record, and writes it in Prometheus' text format. Listens from its making to its
/// disposal; a number costs its labels' text and a look into a table. Safe from any thread.
/// </summary>
internal sealed class MetricScrape : IDisposable
{
    /// <summary>Version 0.0.4 of the text format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Requests to the API, and the process itself: processor time, memory, collections of garbage, threads.</summary>
    public static IReadOnlyCollection<string> FrameworkMeters { get; } = ["Microsoft.AspNetCore.Hosting", "System.Runtime"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _dropped;

    /// <param name="own">The host's meter; others of its name are not ours.</param>
    public MetricScrape(Meter own)
    {
        own.CreateObservableCounter("aico.metrics.dropped", () => Interlocked.Read(ref _dropped), "{measurement}", "Numbers that were left out because a metric had too many series.");
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, own) || FrameworkMeters.Contains(instrument.Meter.Name))
            {
                var family = MetricFamily.Of(instrument, () => Interlocked.Increment(ref _dropped));
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(family.Name, family));
            }
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        _listener.SetMeasurementEventCallback<int>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        _listener.SetMeasurementEventCallback<double>(static (_, value, labels, family) => ((MetricFamily)family!).Take(value, labels));
        _listener.Start();
    }

    public string Write()
    {
        // One at a time: what is observed is forgotten first.
        lock (_lock)
        {
            foreach (var family in _families.Values)
            {
                family.Forget();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder(16_384);
            foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                family.Write(text);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Aico.Host.Telemetry.Exposition;

/// <summary>All series of one metric. Safe from any thread.</summary>
internal sealed class MetricFamily
{
    // Of the values of labels some are chosen by organizations, such as models: what comes beyond this is counted and left out.
    private const int MaximumSeries = 2000;

    // Those that OpenTelemetry has for seconds.
    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly MetricKind _kind;
    private readonly bool _isObserved;
    private readonly double[]? _bounds;
    private readonly string _help;
    private readonly Action _dropped;

    private MetricFamily(string name, Instrument instrument, MetricKind kind, Action dropped)
    {
        (Name, _kind, _isObserved, _help, _dropped) = (name, kind, instrument.IsObservable, instrument.Description ?? "", dropped);
        _bounds = kind == MetricKind.Histogram ? [.. (instrument as Instrument<double>)?.Advice?.HistogramBucketBoundaries ?? UsualBounds] : null;
    }

    public string Name { get; }

    /// <param name="instrument">Of any meter.</param>
    /// <param name="dropped">Told of each number that has no place.</param>
    public static MetricFamily Of(Instrument instrument, Action dropped)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        var kind = type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Gauge<>) ? MetricKind.LastValue
            : MetricKind.Gauge;
        return new MetricFamily(MetricNames.Of(instrument.Name, instrument.Unit, kind == MetricKind.Counter), instrument, kind, dropped);
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = MetricLabels.Write(labels);
        if (!_series.TryGetValue(key, out var series))
        {
            if (_series.Count >= MaximumSeries)
            {
                _dropped();
                return;
            }

            series = _series.GetOrAdd(key, static (labels, bounds) => new MetricSeries(labels, bounds), _bounds);
        }

        if (_kind == MetricKind.LastValue)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    /// <summary>Makes room for what will be observed now: what is not there any more must not stay.</summary>
    public void Forget()
    {
        if (_isObserved)
        {
            _series.Clear();
        }
    }

    public void Write(StringBuilder text)
    {
        if (_series.IsEmpty)
        {
            return;
        }

        text.Append("# HELP ").Append(Name).Append(' ');
        MetricLabels.Escape(text, _help, quotes: false);
        text.Append("\n# TYPE ").Append(Name).Append(' ')
            .Append(_kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" }).Append('\n');
        foreach (var series in _series.Values.OrderBy(series => series.Labels, StringComparer.Ordinal))
        {
            series.Write(text, Name);
        }
    }
}

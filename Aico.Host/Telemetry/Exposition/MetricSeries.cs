using System.Globalization;
using System.Text;

namespace Aico.Host.Telemetry.Exposition;

/// <summary>The numbers of one set of labels. Safe from any thread.</summary>
internal sealed class MetricSeries(string labels, double[]? bounds)
{
    private readonly Lock _lock = new();
    private readonly long[]? _buckets = bounds is null ? null : new long[bounds.Length + 1];
    private double _sum;

    public string Labels => labels;

    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
            if (_buckets is not null)
            {
                var at = Array.BinarySearch(bounds!, value);
                // A bound belongs to the bucket below it.
                _buckets[at < 0 ? ~at : at]++;
            }
        }
    }

    public void Set(double value)
    {
        lock (_lock)
        {
            _sum = value;
        }
    }

    public void Write(StringBuilder text, string name)
    {
        lock (_lock)
        {
            if (_buckets is null)
            {
                Line(text, name, "", labels, _sum);
                return;
            }

            var count = 0L;
            for (var i = 0; i < _buckets.Length; i++)
            {
                count += _buckets[i];
                var bound = i < bounds!.Length ? Number(bounds[i]) : "+Inf";
                Line(text, name, "_bucket", $"{labels}{(labels.Length == 0 ? "" : ",")}le=\"{bound}\"", count);
            }

            Line(text, name, "_sum", labels, _sum);
            Line(text, name, "_count", labels, count);
        }
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString(CultureInfo.InvariantCulture);
}

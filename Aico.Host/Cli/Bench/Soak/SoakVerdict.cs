namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Judges a run by slopes: what grows with every call would end the process one day, whatever it is at the end of the run.</summary>
internal static class SoakVerdict
{
    // The first third loads models, compiles code and fills pools, caches and the list of the latest 200 calls.
    private const int WarmUpShare = 3;

    // What calls that run keep varies from sample to sample: a thread or a handle for each of so many calls would be seen, less is noise.
    private const double CallsPerLeak = 20;

    // Of the managed heap: the list of past calls holds some kilobytes for each until it is full.
    private const double HeapBytesPerCall = 20_000;

    public static IReadOnlyList<SoakTrend> Judge(IReadOnlyList<SoakSample> samples, SoakSample end, double floorBytesPerCall)
    {
        var measured = samples.Skip(samples.Count / WarmUpShare).ToList();
        return
        [
            Trend("residentBytes", "MB", floorBytesPerCall, measured, end, sample => sample.ResidentBytes),
            Trend("heapBytes", "MB", HeapBytesPerCall, measured, end, sample => sample.HeapBytes),
            .. Optional("handles", measured, end, sample => sample.Handles),
            .. Optional("sockets", measured, end, sample => sample.Sockets),
            Trend("threads", "", 1 / CallsPerLeak, measured, end, sample => sample.Threads),
            Trend("nativeHandles", "", 1 / CallsPerLeak, measured, end, sample => sample.NativeHandles),
            Trend("databaseBytes", "MB", null, measured, end, sample => sample.DatabaseBytes),
        ];
    }

    /// <summary>The slope of the line with the least squares; 0 for fewer than two different places.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var below = points.Sum(point => (point.X - x) * (point.X - x));
        return below == 0 ? 0 : points.Sum(point => (point.X - x) * (point.Y - y)) / below;
    }

    private static IEnumerable<SoakTrend> Optional(string name, List<SoakSample> samples, SoakSample end, Func<SoakSample, int?> value) =>
        value(end) is not null && samples.TrueForAll(sample => value(sample) is not null) ? [Trend(name, "", 1 / CallsPerLeak, samples, end, sample => value(sample)!.Value)] : [];

    private static SoakTrend Trend(string name, string unit, double? limit, List<SoakSample> samples, SoakSample end, Func<SoakSample, double> value)
    {
        var fifth = Math.Max(1, samples.Count / 5);
        return new SoakTrend(
            name, unit, samples.Take(fifth).Average(value), samples.TakeLast(fifth).Average(value), value(end), Slope([.. samples.Select(sample => ((double)sample.Begun, value(sample)))]), limit);
    }
}

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>How much something grows with each step.</summary>
internal static class LinearSlope
{
    /// <summary>The slope of the line through values at 0, 1, 2 … with the least squares; null for fewer than two.</summary>
    public static double? Of(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var (middle, mean) = ((values.Count - 1) / 2.0, values.Average());
        var (above, below) = (0.0, 0.0);
        for (var i = 0; i < values.Count; i++)
        {
            above += (i - middle) * (values[i] - mean);
            below += (i - middle) * (i - middle);
        }

        return above / below;
    }
}

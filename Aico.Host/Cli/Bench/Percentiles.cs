using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench;

/// <summary>A distribution in a few numbers, each the smallest value that is not less than that share of all (nearest rank).</summary>
internal sealed record Percentiles(double P50, double P95, double P99, double Max)
{
    /// <summary>Null for no values: a distribution of nothing has no numbers.</summary>
    public static Percentiles? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : new Percentiles(At(sorted, 50), At(sorted, 95), At(sorted, 99), sorted[^1]);
    }

    public JsonObject ToJson(int digits = 1) => new()
    {
        ["p50"] = Math.Round(P50, digits),
        ["p95"] = Math.Round(P95, digits),
        ["p99"] = Math.Round(P99, digits),
        ["max"] = Math.Round(Max, digits),
    };

    public override string ToString() => FormattableString.Invariant($"p50 {P50:0.0}, p95 {P95:0.0}, p99 {P99:0.0}, max {Max:0.0}");

    private static double At(double[] sorted, int percent) => sorted[(int)Math.Max(0, Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
}

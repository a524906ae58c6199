namespace Aico.Host.Cli.Bench.Api;

/// <param name="Milliseconds">Of each request.</param>
/// <param name="Took">All together.</param>
internal sealed record LoadResult(IReadOnlyList<double> Milliseconds, TimeSpan Took)
{
    public double PerSecond => Milliseconds.Count / Took.TotalSeconds;

    public static LoadResult operator +(LoadResult one, LoadResult other) => new([.. one.Milliseconds, .. other.Milliseconds], one.Took + other.Took);
}

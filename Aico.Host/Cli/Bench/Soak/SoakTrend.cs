namespace Aico.Host.Cli.Bench.Soak;

/// <summary>How one quantity went over the measured part of a run.</summary>
/// <param name="Name">As JSON has it.</param>
/// <param name="Unit">For people.</param>
/// <param name="First">The mean of the first fifth of the measured part.</param>
/// <param name="Last">The mean of the last fifth.</param>
/// <param name="End">When all calls were over.</param>
/// <param name="PerCall">The slope by least squares, for each call that began.</param>
/// <param name="Limit">The most that it may grow for each call; null: it may, such as a database.</param>
internal sealed record SoakTrend(string Name, string Unit, double First, double Last, double End, double PerCall, double? Limit)
{
    public bool Grows => PerCall > Limit;
}

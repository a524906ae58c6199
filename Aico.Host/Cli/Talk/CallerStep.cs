namespace Aico.Host.Cli.Talk;

/// <summary>What the caller does now.</summary>
internal abstract record CallerStep
{
    public static CallerStep Wait { get; } = new Waits();

    public static CallerStep Leave { get; } = new Leaves();

    /// <summary>Begins a turn.</summary>
    public sealed record Begin(CallerLine Turn) : CallerStep;

    private sealed record Waits : CallerStep;

    private sealed record Leaves : CallerStep;
}

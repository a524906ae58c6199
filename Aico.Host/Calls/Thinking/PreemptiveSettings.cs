namespace Aico.Host.Calls.Thinking;

/// <summary>Starting the answer on a likely end of turn, before the turn is decided.</summary>
internal sealed record PreemptiveSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>Callers' turns longer than this are answered only when they are decided.</summary>
    public TimeSpan MaximumSpeech { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Answers started for one turn before the agent waits for the decision.</summary>
    public int MaximumAttempts { get; init; } = 3;

    /// <summary>Share of answers thrown away above which the agent turns itself more careful: it starts only on plainly complete words.</summary>
    public double CarefulAboveWaste { get; init; } = 0.5;
}

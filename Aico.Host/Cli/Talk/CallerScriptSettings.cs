namespace Aico.Host.Cli.Talk;

/// <summary>How the caller of <c>aico talk</c> behaves.</summary>
internal sealed record CallerScriptSettings
{
    /// <summary>True: the caller lets the agent's greeting end before the first turn.</summary>
    public bool AwaitsGreeting { get; init; }

    /// <summary>Silence between the end of an answer and the caller's next turn.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>The next turn begins this long after the agent began to answer, so that it interrupts; null lets the agent finish.</summary>
    public TimeSpan? InterruptAfter { get; init; }

    /// <summary>
    /// Time without any event after which a listening agent is taken to have no answer. Longer than the slowest endpointing
    /// (2.5 s) and final text (4 s) together, shorter than the silence after which an agent asks whether someone is there (15 s).
    /// </summary>
    public TimeSpan NoAnswerAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The same for an agent that thinks or speaks; longer than the time that tools have (30 s).</summary>
    public TimeSpan StalledAfter { get; init; } = TimeSpan.FromSeconds(60);
}

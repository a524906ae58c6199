namespace Aico.Host.Calls.TurnTaking;

/// <summary>When a caller who speaks stops the agent.</summary>
internal sealed record InterruptionSettings
{
    /// <summary>False: the agent finishes, and what the caller said meanwhile is answered afterwards.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Speech shorter than this never stops the agent; counted from the first sound of it, not from where the model is sure of it. Less
    /// than half of what others wait, since a false interruption is undone.
    /// </summary>
    public TimeSpan MinimumDuration { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Words that must have been understood before the agent stops; 0 lets voice alone pause it.</summary>
    public int MinimumWords { get; init; }

    /// <summary>After a pause without words the speech resumes where it stopped; zero or less never resumes.</summary>
    public TimeSpan FalseInterruptionTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Replaces the rules while the greeting is spoken; null applies the same rules.</summary>
    public InterruptionSettings? DuringGreeting { get; init; }

    /// <summary>Replaces the rules while uninterruptible text is heard; null lets nothing interrupt it.</summary>
    public InterruptionSettings? DuringUninterruptible { get; init; }

    /// <summary>Sounds of agreement that do not interrupt, in lower case; null takes the built-in list of the language.</summary>
    public IReadOnlyList<string>? Backchannels { get; init; }
}

namespace Aico.Host.Calls.TurnTaking;

/// <summary>When a caller's silence means that the turn is over.</summary>
internal sealed record EndpointingSettings
{
    /// <summary>Applied where the words are plainly complete.</summary>
    public TimeSpan MinimumDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Applied where the words are plainly not complete, and the bound for the adapted delay.</summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.FromMilliseconds(2500);

    /// <summary>The delay for words that could go either way, until the caller's own pauses have been learned.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Weight of what was learned against a new pause, 0 to 1.</summary>
    public double PauseSmoothing { get; init; } = 0.9;

    /// <summary>How long a decided silence waits for the provider's final text before the turn goes on with what there is.</summary>
    public TimeSpan FinalTextTimeout { get; init; } = TimeSpan.FromSeconds(4);
}

namespace Aico.Host.Calls.Speaking;

/// <summary>How answers are spoken.</summary>
internal sealed record SpeakingSettings
{
    /// <summary>Words replaced before they are spoken, such as a brand's pronunciation; matched as whole words, case ignored.</summary>
    public IReadOnlyDictionary<string, string> Replacements { get; init; } = new Dictionary<string, string>();

    /// <summary>Time that the text-to-speech provider has for its first audio.</summary>
    public TimeSpan FirstAudioTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where another provider could speak: time for the first audio, and for each that follows while it owes some, before it is asked.</summary>
    public TimeSpan AudioBudget { get; init; } = TimeSpan.FromSeconds(2);
}

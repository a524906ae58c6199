namespace Aico.Abstractions.SpeechToText;

/// <summary>The text of one utterance.</summary>
/// <param name="Text">The text, trimmed; empty where nothing was understood.</param>
public sealed record Transcript(string Text)
{
    /// <summary>BCP 47 tag of the language that was heard; null where the provider does not say.</summary>
    public string? Language { get; init; }

    /// <summary>Confidence from 0 to 1; null where the provider does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>The words with their times; empty where the provider gives none.</summary>
    public IReadOnlyList<TranscriptWord> Words { get; init; } = [];
}

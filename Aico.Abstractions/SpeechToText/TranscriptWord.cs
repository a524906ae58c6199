namespace Aico.Abstractions.SpeechToText;

/// <summary>One word of a transcript.</summary>
/// <param name="Text">The word as written.</param>
/// <param name="Start">When it begins, on the call's clock.</param>
/// <param name="End">When it ends, on the call's clock.</param>
public sealed record TranscriptWord(string Text, TimeSpan Start, TimeSpan End);

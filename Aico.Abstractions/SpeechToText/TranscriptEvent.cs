namespace Aico.Abstractions.SpeechToText;

/// <summary>Something that a streaming speech-to-text session has to say.</summary>
/// <param name="At">Position in the audio that the event refers to, on the call's clock.</param>
public abstract record TranscriptEvent(TimeSpan At);

/// <summary>The provider heard speech begin.</summary>
/// <param name="At">When it began.</param>
public sealed record SpeechStarted(TimeSpan At) : TranscriptEvent(At);

/// <summary>Text that may still change. Each one replaces the one before it since the last <see cref="FinalTranscript"/>.</summary>
/// <param name="At">End of the audio that the text covers.</param>
/// <param name="Text">Everything understood since the last final text.</param>
public sealed record InterimTranscript(TimeSpan At, string Text) : TranscriptEvent(At);

/// <summary>Text that will not change any more. Several may make up one turn; they are joined in order.</summary>
/// <param name="At">End of the audio that the text covers.</param>
/// <param name="Transcript">The text since the last final one; possibly empty.</param>
public sealed record FinalTranscript(TimeSpan At, Transcript Transcript) : TranscriptEvent(At);

/// <summary>The provider heard speech end.</summary>
/// <param name="At">When it ended.</param>
public sealed record SpeechEnded(TimeSpan At) : TranscriptEvent(At);

/// <summary>The provider believes that the caller's turn is over.</summary>
/// <param name="At">When the turn ended.</param>
/// <param name="IsEager">True for an early guess that may be taken back by more speech: good for starting work, not for speaking.</param>
public sealed record EndOfTurn(TimeSpan At, bool IsEager) : TranscriptEvent(At);

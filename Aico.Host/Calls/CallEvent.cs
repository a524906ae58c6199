using Aico.Abstractions;

namespace Aico.Host.Calls;

/// <summary>Something that happened in a call. Raised in order, on the call's clock, to one <see cref="ICallObserver"/>.</summary>
internal abstract record CallEvent(TimeSpan At);

internal sealed record AgentStateChanged(TimeSpan At, AgentState State) : CallEvent(At);

internal sealed record CallerStateChanged(TimeSpan At, CallerState State) : CallEvent(At);

/// <summary>Voice activity began at <paramref name="Start"/> in the audio; it was known at <see cref="CallEvent.At"/>.</summary>
internal sealed record VoiceStarted(TimeSpan At, TimeSpan Start) : CallEvent(At);

/// <summary>Voice activity ended at <paramref name="End"/> in the audio; it was known at <see cref="CallEvent.At"/>.</summary>
internal sealed record VoiceEnded(TimeSpan At, TimeSpan End) : CallEvent(At);

/// <summary>The words of the caller's turn so far, each replacing the one before; final where they will not change unless the caller goes on.</summary>
internal sealed record CallerTextChanged(TimeSpan At, int Turn, string Text, bool IsFinal) : CallEvent(At)
{
    /// <summary>True where the words were typed, or were keys.</summary>
    public bool IsTyped { get; init; }
}

/// <summary>The caller's turn is over; <paramref name="Delay"/> is the endpointing delay that was applied after the end of speech.</summary>
internal sealed record TurnDecided(TimeSpan At, int Turn, string Text, TimeSpan Delay) : CallEvent(At);

/// <summary>An answer is being made; preemptive where the turn is not decided yet.</summary>
internal sealed record ReplyStarted(TimeSpan At, int Turn, bool IsPreemptive) : CallEvent(At);

/// <summary>A preemptive answer was thrown away because the caller went on or the words changed.</summary>
internal sealed record ReplyDiscarded(TimeSpan At, int Turn) : CallEvent(At);

internal sealed record TokenReceived(TimeSpan At, int Turn, string Text) : CallEvent(At);

internal sealed record SentenceReady(TimeSpan At, int Turn, string Text) : CallEvent(At);

/// <summary>Speech came from the text-to-speech provider.</summary>
internal sealed record SpeechSynthesized(TimeSpan At, int Turn, TimeSpan Duration) : CallEvent(At);

internal sealed record PlaybackStarted(TimeSpan At, int Turn) : CallEvent(At);

/// <summary>Playback paused because the caller may be interrupting.</summary>
internal sealed record PlaybackPaused(TimeSpan At, int Turn) : CallEvent(At);

/// <summary>The interruption was none: speech went on where it had stopped.</summary>
internal sealed record PlaybackResumed(TimeSpan At, int Turn) : CallEvent(At);

internal sealed record PlaybackEnded(TimeSpan At, int Turn, bool Interrupted) : CallEvent(At);

/// <summary>What the caller has heard of an answer so far; only for an observer that follows the speech.</summary>
internal sealed record AnswerHeard(TimeSpan At, int Turn, string Text) : CallEvent(At);

/// <summary>The caller pressed a telephone key: 0 to 9, *, #, A to D.</summary>
internal sealed record KeyPressed(TimeSpan At, string Key) : CallEvent(At);

internal sealed record ToolCalled(TimeSpan At, int Turn, ToolCallRecord Call) : CallEvent(At);

/// <summary>A stage failed; the call goes on unless a <see cref="CallEnded"/> follows.</summary>
internal sealed record StageFailed(TimeSpan At, CallStage Stage, string Provider, ProviderFailure? Failure, string Message) : CallEvent(At);

/// <summary>A turn is complete: its answer was played, interrupted, or had nothing to say.</summary>
internal sealed record TurnCompleted(TimeSpan At, TurnRecord Turn) : CallEvent(At);

internal sealed record CallEnded(TimeSpan At, CallEndReason Reason) : CallEvent(At);

/// <summary>A request to the language model has used tokens, also one whose answer was thrown away. Only where the provider counts them.</summary>
internal sealed record TokensUsed(TimeSpan At, int Turn, long Input, long CachedInput, long Output) : CallEvent(At);

/// <summary>An attempt at a provider has ended.</summary>
internal sealed record ProviderAttempted(TimeSpan At, ProviderAttempt Attempt) : CallEvent(At);

/// <summary>Work went to another provider than the chain's first choice: one has failed, or is known to be out.</summary>
internal sealed record ProviderChanged(TimeSpan At, CallStage Stage, string From, string To) : CallEvent(At);

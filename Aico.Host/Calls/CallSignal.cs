using Aico.Host.Calls.Speaking;

namespace Aico.Host.Calls;

/// <summary>Something that the call's loop must act on.</summary>
internal abstract record CallSignal
{
    /// <summary>Voice began at <paramref name="Start"/> in the audio.</summary>
    internal sealed record VoiceBegan(TimeSpan Start) : CallSignal;

    /// <summary>Voice goes on until <paramref name="Until"/> in the audio: how long it has lasted is not a matter of the clock.</summary>
    internal sealed record VoiceLasted(TimeSpan Until) : CallSignal;

    /// <summary>Voice ended at <paramref name="End"/> in the audio.</summary>
    internal sealed record VoiceStopped(TimeSpan End) : CallSignal;

    /// <summary>
    /// All words since the turns were last settled, which was until <paramref name="Since"/>, covering the audio up to
    /// <paramref name="CoveredUntil"/>.
    /// </summary>
    internal sealed record Words(string Text, bool IsFinal, TimeSpan CoveredUntil, TimeSpan Since) : CallSignal;

    /// <summary>The speech-to-text provider says that the turn is over.</summary>
    internal sealed record ProviderEndOfTurn(bool IsEager) : CallSignal;

    /// <summary>What was said up to <paramref name="Until"/> could not be understood because the provider failed; fatal: nothing more will be.</summary>
    internal sealed record ListeningFailed(bool IsFatal, TimeSpan Until) : CallSignal;

    /// <summary>The caller typed a whole turn.</summary>
    internal sealed record Typed(string Text) : CallSignal;

    /// <summary>The caller has left, or all audio was heard.</summary>
    internal sealed record CallerLeft : CallSignal;

    /// <summary>The agent is to say its last words and to end the call for the reason.</summary>
    internal sealed record Leave(CallEndReason Reason) : CallSignal;

    /// <summary>Nobody can hear the agent for now, or can again.</summary>
    internal sealed record HearableChanged : CallSignal;

    /// <summary>A telephone key of the caller.</summary>
    internal sealed record Key(string Value) : CallSignal;

    /// <summary>A moment that something waits for has come.</summary>
    internal sealed record Deadline : CallSignal;

    /// <summary>All text and speech of an answer has been made, or it failed.</summary>
    internal sealed record ReplyMade(Reply Reply) : CallSignal;

    /// <summary>An answer became audible, first or again after a gap.</summary>
    internal sealed record PlaybackSounds(Reply Reply) : CallSignal;

    /// <summary>Nothing was there to play in the middle of an answer.</summary>
    internal sealed record PlaybackStarved(Reply Reply) : CallSignal;

    /// <summary>More of an answer was heard.</summary>
    internal sealed record PlaybackAdvanced(Reply Reply) : CallSignal;

    /// <summary>The last of an answer was played.</summary>
    internal sealed record PlaybackFinished(Reply Reply) : CallSignal;

    /// <summary>Work beside the loop broke; the call cannot go on.</summary>
    internal sealed record Broke(Exception Error) : CallSignal;

    /// <summary>An event that another thread wants the observer to see.</summary>
    internal sealed record Report(CallEvent Event) : CallSignal;
}

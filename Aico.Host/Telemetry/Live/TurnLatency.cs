using Aico.Host.Calls;

namespace Aico.Host.Telemetry.Live;

/// <summary>What a turn took, as LiveKit's metrics divide it; null where it did not come to that, or nothing was spoken.</summary>
internal readonly record struct TurnLatency(TimeSpan? EndToEnd, TimeSpan? Transcription, TimeSpan? EndOfTurn, TimeSpan? FirstToken, TimeSpan? FirstAudio)
{
    /// <param name="turn">A complete turn.</param>
    /// <param name="began">When its answer was begun; null where that is not known.</param>
    public static TurnLatency Of(TurnRecord turn, TimeSpan? began)
    {
        var timings = turn.Timings;
        return new TurnLatency(
            Positive(timings.Played - timings.EndOfSpeech),
            Positive(timings.FinalText - timings.EndOfSpeech),
            Positive(timings.TurnDecided - timings.EndOfSpeech),
            Positive(timings.FirstToken - began),
            Positive(timings.FirstAudio - timings.FirstSentence));
    }

    // Work ahead of time is done before what it is measured from: it costs the caller nothing.
    private static TimeSpan? Positive(TimeSpan? took) => took < TimeSpan.Zero ? TimeSpan.Zero : took;
}

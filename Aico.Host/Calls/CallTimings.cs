namespace Aico.Host.Calls;

/// <summary>
/// The milestones of one answered turn, on the call's clock. Null where a milestone was not reached, or did not exist (typed text
/// has no end of speech).
/// </summary>
internal sealed record CallTimings
{
    /// <summary>End of the caller's speech, as the audio has it, not as it was detected.</summary>
    public TimeSpan? EndOfSpeech { get; init; }

    public TimeSpan? FinalText { get; init; }

    public TimeSpan? TurnDecided { get; init; }

    public TimeSpan? FirstToken { get; init; }

    public TimeSpan? FirstSentence { get; init; }

    /// <summary>First audio that the text-to-speech provider delivered.</summary>
    public TimeSpan? FirstAudio { get; init; }

    /// <summary>First audio handed to the room or the recording.</summary>
    public TimeSpan? Played { get; init; }

    /// <summary>What the caller waits for: end of the caller's speech to first audio played.</summary>
    public TimeSpan? VoiceToVoice => Played - (EndOfSpeech ?? TurnDecided);

    /// <summary>
    /// How much of <see cref="VoiceToVoice"/> each milestone took. A milestone counts what it adds beyond the latest one before it,
    /// so work done ahead of time costs nothing, and the stages add up to the whole.
    /// </summary>
    public IReadOnlyList<(string Name, TimeSpan Took)> Stages()
    {
        (string Name, TimeSpan? At)[] milestones =
        [
            ("finalText", FinalText), ("firstToken", FirstToken), ("firstSentence", FirstSentence),
            ("firstAudio", FirstAudio), ("turnDecided", TurnDecided), ("played", Played),
        ];
        var latest = EndOfSpeech ?? TurnDecided;
        var stages = new List<(string, TimeSpan)>(milestones.Length);

        // In the order of time, which is another one where the work began only after the decision.
        foreach (var (name, at) in milestones.Where(milestone => milestone.At is not null).OrderBy(milestone => milestone.At))
        {
            if (latest is not { } before)
            {
                continue;
            }

            stages.Add((name, at > before ? at.Value - before : TimeSpan.Zero));
            latest = at > before ? at : before;
        }

        return stages;
    }
}

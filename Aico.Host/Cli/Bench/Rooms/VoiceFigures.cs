namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The figures of <see cref="VoiceBench"/> with their targets.</summary>
internal static class VoiceFigures
{
    public static IReadOnlyList<BenchFigure> Of(ConversationResult echoes, IReadOnlyList<double?> greetings, ConversationResult heard, string stages)
    {
        var (roundTrip, answers, interruptions) = (Percentiles.Of(echoes.Answers), Percentiles.Of(heard.Answers), Percentiles.Of(heard.Interruptions));
        var (sum, whole) = (FixedLatency.Sum.TotalMilliseconds, FixedLatency.AnswerDuration.TotalMilliseconds);
        var greeted = Percentiles.Of(greetings.OfType<double>());
        var lost = Percentiles.Of(heard.Voiced.Select(voiced => whole - voiced));
        return
        [
            new("roundTrip", "round trip of the room, p50", roundTrip?.P50, "ms", null, Text($"{echoes.Answers.Count} echoes: {roundTrip}")),
            new("greetingP50", "caller joined to the greeting, p50", greeted?.P50, "ms", null, Text($"the agent was there first; {greetings.Count(one => one is not null)} of {greetings.Count} greeted: {greeted}; {FixedLatency.FirstSpeech.TotalMilliseconds:0} ms of it is text-to-speech")),
            new("answerP50", "end of speech to first audio, p50", answers?.P50, "ms", null, Text($"{heard.Answers.Count} answers: {answers}; unanswered {heard.Unanswered}")),
            new("aboveSum", "above providers and round trip", answers?.P50 - sum - roundTrip?.P50, "ms", 90, Text($"the providers take {sum:0} ms; p95 {answers?.P95 - sum - roundTrip?.P50:0} ms")),
            new("stages", "of it seen by the agents, p50", null, "ms", null, stages),
            new("interruptionP50", "speech onset to silence, p50", interruptions?.P50, "ms", 350, Text($"{heard.Interruptions.Count} interruptions: {interruptions}")),
            new("lostAudio", "lost of an answer, most", lost?.Max, "ms", VoiceLevel.BlockMs, Text($"{heard.Voiced.Count} answers of {whole / 1000:0.0} s; p50 {lost?.P50:0} ms")),
            new("longestGap", "longest gap in an answer", Percentiles.Of(heard.LongestGaps)?.Max, "ms", HeardAudio.AudibleGapMs, Text($"{heard.Gaps} gaps above {HeardAudio.AudibleGapMs} ms")),
            new("callersLate", "frames callers sent late", heard.LateFrames, "", null, "where they are more than a few the machine was too busy for this run to say much"),
        ];
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

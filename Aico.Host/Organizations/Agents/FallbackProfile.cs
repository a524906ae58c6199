using System.ComponentModel;

namespace Aico.Host.Organizations.Agents;

internal sealed record FallbackProfile
{
    [Description("Where another language model could be asked: the time for the first token, and for each that follows. Default 3s.")]
    [DurationRange("100ms", "1m")]
    public TimeSpan? TokenWithin { get; init; }

    [Description("Where another voice could speak: the time for the first audio, and for each that follows while some is owed. Default 2s.")]
    [DurationRange("100ms", "1m")]
    public TimeSpan? AudioWithin { get; init; }

    [Description("Where another speech-to-text provider could hear: the time to open a session or, beside half its length, to read an utterance. Default 3s.")]
    [DurationRange("100ms", "1m")]
    public TimeSpan? HearingWithin { get; init; }

    [Description("A speech-to-text session that says nothing for so long after the caller has ended is taken for dead; 0ms: never. Default 3s.")]
    [DurationRange("0ms", "1m")]
    public TimeSpan? WordsWithin { get; init; }

    [Description("True: a second language model is asked beside the first where that one is slower than 95 of 100 of its latest answers were, and whichever begins first answers. Some requests more. Default false.")]
    public bool? Hedge { get; init; }

    [Description("After so long without a result nobody more of a chain is asked, and the caller gets an apology. Default 15s.")]
    [DurationRange("1s", "2m")]
    public TimeSpan? Deadline { get; init; }
}

namespace Aico.Host.Cli.Bench;

/// <summary>How long the stand-ins of <c>aico bench rooms --voice</c> take, and what they say.</summary>
internal static class FixedLatency
{
    /// <summary>From the end of speech to the final text.</summary>
    public static TimeSpan FinalText { get; } = TimeSpan.FromMilliseconds(100);

    public static TimeSpan FirstToken { get; } = TimeSpan.FromMilliseconds(150);

    public static TimeSpan Token { get; } = TimeSpan.FromMilliseconds(15);

    /// <summary>From a text that is flushed to its first audio.</summary>
    public static TimeSpan FirstSpeech { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How much faster than it is spoken the speech comes.</summary>
    public const int SpeechPace = 4;

    /// <summary>Each word is spoken for this long, so that a text's length is known whatever it is cut into.</summary>
    public static TimeSpan Word { get; } = TimeSpan.FromMilliseconds(300);

    public const string FirstSentence = "It is half past seven.";

    /// <summary>25 words: 7.5 s.</summary>
    public const string Answer = $"{FirstSentence} The shop on the main street stays open until nine this evening. You can also order it online later today.";

    /// <summary>
    /// All the time that providers take from the end of speech to the first audio: the final text, the model until the first sentence is
    /// written, the first audio of that sentence.
    /// </summary>
    public static TimeSpan Sum { get; } = FinalText + FirstToken + (WordsIn(FirstSentence) - 1) * Token + FirstSpeech;

    public static TimeSpan AnswerDuration { get; } = WordsIn(Answer) * Word;

    public static int WordsIn(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}

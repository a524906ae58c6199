namespace Aico.Host.Calls.TurnTaking;

/// <summary>
/// The built-in predictor: the last words and the punctuation, no model. docs/turn-taking.md tells the rules. The order
/// matters: speech-to-text that hears whole utterances ends nearly all of them with a stop, so words outweigh a stop. Thread-safe.
/// </summary>
internal sealed class EndOfTurnHeuristic : IEndOfTurnPredictor
{
    /// <summary>With fewer words a stop says too little.</summary>
    private const int FewestWordsOfSentence = 4;

    public TurnCompleteness Predict(string text, string? language)
    {
        var words = SpokenWords.Of(text);
        if (words.Count == 0)
        {
            return TurnCompleteness.Unclear;
        }

        var known = EndOfTurnLanguage.For(language);
        var written = text.AsSpan().TrimEnd(" \t\r\n\"'”’»)");
        if (GoesOn(written))
        {
            return TurnCompleteness.Incomplete;
        }

        var isQuestion = written[^1] is '?' or '？' or '؟';
        return (isQuestion ? null : NumberDictation.Judge(words, known) ?? LetterDictation.Judge(words, known))
            ?? FromWholePhrases(words, known, isQuestion)
            ?? FromLastWord(words, known, isQuestion)
            ?? FromMarks(words, known, written[^1], isQuestion);
    }

    private static bool GoesOn(ReadOnlySpan<char> written) =>
        written[^1] is ',' or '-' or '–' or '—' or '…' or ':' or ';' or '，' or '、' || written.EndsWith("..");

    private static TurnCompleteness? FromWholePhrases(List<string> words, EndOfTurnLanguage language, bool isQuestion) =>
        language.Answers.Covers(words) || language.Finished.Ends(words) ? TurnCompleteness.Complete
        : !isQuestion && language.OpenPhrases.Ends(words) ? TurnCompleteness.Incomplete
        : null;

    private static TurnCompleteness? FromLastWord(List<string> words, EndOfTurnLanguage language, bool isQuestion)
    {
        var last = words[^1];
        var previous = words.Count > 1 ? words[^2] : "";
        if (language.Open.Contains(last))
        {
            // "What are you looking for", "so do I", "should we".
            var mayEnd = (language.Stranding.Contains(last) && words.SkipLast(1).Any(word => language.Questions.Contains(word)))
                || (language.Subjects.Contains(last) && language.Auxiliaries.Contains(previous));
            return !mayEnd ? TurnCompleteness.Incomplete : isQuestion ? TurnCompleteness.Complete : TurnCompleteness.Unclear;
        }

        if (isQuestion || !language.Auxiliaries.Contains(last))
        {
            return null;
        }

        // "Yes it is" is an answer, "my name is" is not, and "it is" could be one.
        var afterPronoun = language.Pronouns.Contains(previous);
        return afterPronoun && language.Affirming.Contains(words[0]) ? TurnCompleteness.Complete
            : (afterPronoun && words.Count <= 3) || words.Any(word => language.Subordinators.Contains(word)) ? TurnCompleteness.Unclear
            : TurnCompleteness.Incomplete;
    }

    private static TurnCompleteness FromMarks(List<string> words, EndOfTurnLanguage language, char lastMark, bool isQuestion) =>
        isQuestion || language.Closing.Ends(words) || (lastMark is '.' or '!' or '。' or '！' && words.Count >= FewestWordsOfSentence)
            ? TurnCompleteness.Complete
            : TurnCompleteness.Unclear;
}

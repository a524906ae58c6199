namespace Aico.Host.Calls.TurnTaking;

/// <summary>Short phrases, compared word by word but for the spaces: "uh huh", "uh-huh" and "uhhuh" are one.</summary>
internal sealed class PhraseSet
{
    private readonly Func<string, string> fold;
    private readonly HashSet<string> phrases;
    private readonly int mostWords;

    public PhraseSet(IEnumerable<string> phrases, Func<string, string> fold)
    {
        this.fold = fold;
        var spoken = phrases.Select(SpokenWords.Of).Where(words => words.Count > 0).ToList();
        this.phrases = [.. spoken.Select(words => fold(string.Concat(words)))];
        // A phrase written as one word may be heard as two.
        mostWords = spoken.Count == 0 ? 0 : Math.Max(2, spoken.Max(words => words.Count));
    }

    /// <summary>Whether the words are such phrases from the first to the last; no words are not.</summary>
    public bool Covers(IReadOnlyList<string> words)
    {
        var reached = new bool[words.Count + 1];
        reached[0] = true;
        for (var start = 0; start < words.Count; start++)
        {
            for (var length = 1; reached[start] && length <= mostWords && start + length <= words.Count; length++)
            {
                reached[start + length] |= Contains(words, start, length);
            }
        }

        return words.Count > 0 && reached[^1];
    }

    public bool Ends(IReadOnlyList<string> words) =>
        Enumerable.Range(1, Math.Min(mostWords, words.Count)).Any(length => Contains(words, words.Count - length, length));

    private bool Contains(IReadOnlyList<string> words, int start, int length) =>
        phrases.Contains(fold(string.Concat(words.Skip(start).Take(length))));
}

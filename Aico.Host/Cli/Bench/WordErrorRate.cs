namespace Aico.Host.Cli.Bench;

/// <summary>
/// How far a transcript is from what was said: words replaced, left out or added. Adds up over clips with +, so that a long clip
/// weighs more than a short one.
/// </summary>
/// <param name="Errors">Replaced, missing and added words, in the fewest edits that turn one text into the other.</param>
/// <param name="Words">Words of the reference.</param>
internal readonly record struct WordErrorRate(int Errors, int Words)
{
    /// <summary>Errors per word of the reference, 0 for a perfect transcript; may exceed 1. Words heard where none were said count as 1.</summary>
    public double Rate => Words == 0 ? Math.Sign(Errors) : (double)Errors / Words;

    /// <summary>Compares what was heard with what was said, after both went through <see cref="SpokenWords.Of"/>.</summary>
    public static WordErrorRate Between(string said, string heard)
    {
        var reference = SpokenWords.Of(said);
        var hypothesis = SpokenWords.Of(heard);

        // Levenshtein's distance over words, one row at a time.
        var distances = Enumerable.Range(0, hypothesis.Count + 1).ToArray();
        for (var row = 1; row <= reference.Count; row++)
        {
            var diagonal = distances[0];
            distances[0] = row;
            for (var column = 1; column <= hypothesis.Count; column++)
            {
                var replaced = diagonal + (reference[row - 1] == hypothesis[column - 1] ? 0 : 1);
                diagonal = distances[column];
                distances[column] = Math.Min(replaced, Math.Min(distances[column], distances[column - 1]) + 1);
            }
        }

        return new(distances[^1], reference.Count);
    }

    /// <summary>The rate over both clips together.</summary>
    public static WordErrorRate operator +(WordErrorRate left, WordErrorRate right) => Add(left, right);

    /// <summary>The rate over both clips together.</summary>
    public static WordErrorRate Add(WordErrorRate left, WordErrorRate right) =>
        new(left.Errors + right.Errors, left.Words + right.Words);

    /// <summary>Returns it as "1.4 % (1 of 70 words)".</summary>
    public override string ToString() => FormattableString.Invariant($"{Rate * 100:0.0} % ({Errors} of {Words} words)");
}

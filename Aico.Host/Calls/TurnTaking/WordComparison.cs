namespace Aico.Host.Calls.TurnTaking;

/// <summary>Compares texts by what was said: providers change punctuation and case between an interim and a final text.</summary>
internal static class WordComparison
{
    /// <summary>True where an answer would be the same.</summary>
    public static bool AreSame(string words, string? others) => others is not null && After(words, others) is { Length: 0 } && After(others, words) is { Length: 0 };

    /// <summary>What was said after the beginning that is known already; everything where the text does not begin like that.</summary>
    public static string After(string words, string beginning)
    {
        var index = 0;
        for (var known = 0; known < beginning.Length; known++)
        {
            if (!IsSaid(beginning, known))
            {
                continue;
            }

            while (index < words.Length && !IsSaid(words, index))
            {
                index++;
            }

            if (index == words.Length || char.ToLowerInvariant(words[index]) != char.ToLowerInvariant(beginning[known]))
            {
                return words;
            }

            index++;
        }

        if (index > 0 && index < words.Length && IsSaid(words, index))
        {
            // The beginning ends in the middle of a word, which so is another word.
            return words;
        }

        while (index < words.Length && !IsSaid(words, index))
        {
            index++;
        }

        return words[index..];
    }

    /// <summary>Letters and digits are said, and so is a mark between two digits: 1.5 is not 15.</summary>
    private static bool IsSaid(string text, int index) =>
        char.IsLetterOrDigit(text[index])
        || (!char.IsWhiteSpace(text[index]) && index > 0 && char.IsDigit(text[index - 1]) && index + 1 < text.Length && char.IsDigit(text[index + 1]));
}

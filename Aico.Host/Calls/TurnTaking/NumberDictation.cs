namespace Aico.Host.Calls.TurnTaking;

/// <summary>Numbers that a caller dictates: people pause between the groups of a telephone, card or account number.</summary>
internal static class NumberDictation
{
    /// <summary>Digits after which a number without an announced kind plainly lacks a group, such as 555 of 555 0134.</summary>
    private static readonly int[] PlainlyUnfinished = [2, 3, 6, 8, 9, 12, 13, 14, 15];

    private static readonly int[] PlainlyFinished = [10, 11, 16];

    private const int FewestOfAnyKind = 4;

    /// <summary>Null where the words do not end in a dictated number.</summary>
    public static TurnCompleteness? Judge(IReadOnlyList<string> words, EndOfTurnLanguage language)
    {
        if (LacksUnits(words, language))
        {
            return TurnCompleteness.Incomplete;
        }

        var (start, groups, digits) = TrailingRun(words, language);
        if (groups == 0)
        {
            return null;
        }

        // A single small number is a quantity, an hour, an iPhone 12.
        var dictated = groups > 1 || digits > 2;
        foreach (var (word, expected) in language.Dictations)
        {
            if (Contains(words, word, start))
            {
                return dictated ? OfLength(digits, expected) : TurnCompleteness.Unclear;
            }
        }

        if (start == 0 && groups == 1)
        {
            return digits >= 10 ? TurnCompleteness.Complete : TurnCompleteness.Unclear;
        }

        return start > 0 && groups < 3 ? null
            : PlainlyFinished.Contains(digits) ? TurnCompleteness.Complete
            : PlainlyUnfinished.Contains(digits) ? TurnCompleteness.Incomplete
            : TurnCompleteness.Unclear;
    }

    private static TurnCompleteness OfLength(int digits, int expected) => (expected, digits) switch
    {
        (0, < FewestOfAnyKind) => TurnCompleteness.Incomplete,
        (0, _) => TurnCompleteness.Unclear,
        // A local number without its area code; a card with fifteen digits.
        (10, 7) or (16, 15) => TurnCompleteness.Unclear,
        (10, 11) => TurnCompleteness.Complete,
        _ => digits < expected ? TurnCompleteness.Incomplete : digits == expected ? TurnCompleteness.Complete : TurnCompleteness.Unclear,
    };

    /// <summary>"One hundred and twenty" mostly goes on with its units.</summary>
    private static bool LacksUnits(IReadOnlyList<string> words, EndOfTurnLanguage language)
    {
        var before = words.Count - 2;
        before -= before > 0 && words[before] == "and" ? 1 : 0;
        return before >= 0 && language.Tens.Contains(words[^1]) && language.Hundreds.Contains(words[before]);
    }

    /// <summary>Where the digits at the end start, how many numbers they were said in and how many digits they are.</summary>
    private static (int Start, int Groups, int Digits) TrailingRun(IReadOnlyList<string> words, EndOfTurnLanguage language)
    {
        int start = words.Count, groups = 0, digits = 0, last = 0;
        while (start > 0)
        {
            var word = words[start - 1];
            if (last == 1 && Repeats(word) is var times and > 1)
            {
                digits += times - 1;
                groups++;
            }
            else if (DigitsOf(word, language) is var count and > 0)
            {
                // "Twenty five" is one number of two digits.
                var joins = last == 1 && groups > 0 && language.Tens.Contains(word) && language.Digits.ContainsKey(words[start]);
                digits += joins ? 1 : count;
                groups += joins ? 0 : 1;
                last = count;
            }
            else
            {
                break;
            }

            start--;
        }

        return (start, groups, digits);
    }

    private static int Repeats(string word) => word switch { "double" => 2, "triple" => 3, _ => 1 };

    private static int DigitsOf(string word, EndOfTurnLanguage language) =>
        word.All(char.IsAsciiDigit) ? word.Length : language.Digits.GetValueOrDefault(word);

    private static bool Contains(IReadOnlyList<string> words, string word, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (words[i] == word)
            {
                return true;
            }
        }

        return false;
    }
}

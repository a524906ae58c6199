using Aico.Host.Calls.Speaking;

namespace Aico.Host.Calls.TurnTaking;

/// <summary>Names and codes that a caller spells.</summary>
internal static class LetterDictation
{
    /// <summary>Shorter names are rare; a longer one may be done.</summary>
    private const int FewestLetters = 4;

    /// <summary>Letters that are spoken apart but spell nothing.</summary>
    private static readonly WordSet Abbreviations = new(StringComparer.Ordinal, "am pm us usa uk eu tv id pc ok ceo it dc la ny uae atm pin");

    /// <summary>Null where the words do not end in letters.</summary>
    public static TurnCompleteness? Judge(IReadOnlyList<string> words, EndOfTurnLanguage language)
    {
        if (language.Spelling.Contains(words[^1]) || EndsWithCodeWord(words))
        {
            return TurnCompleteness.Incomplete;
        }

        var letters = words.Reverse().TakeWhile(IsLetter).Count();
        var announced = words.Any(word => language.Spelling.Contains(word));
        if (letters == 0 || (!announced && (letters == 1 || Abbreviations.Contains(string.Concat(words.TakeLast(letters))))))
        {
            return null;
        }

        return letters < FewestLetters ? TurnCompleteness.Incomplete : TurnCompleteness.Unclear;
    }

    /// <summary>"B as in boy", "B for Bravo": the next letter follows.</summary>
    private static bool EndsWithCodeWord(IReadOnlyList<string> words) =>
        (words.Count >= 4 && words[^2] == "in" && words[^3] == "as" && IsLetter(words[^4]))
        || (words.Count >= 3 && words[^2] is "for" or "wie" or "como" or "comme" && words[^3] is not ("a" or "i" or "y" or "o") && IsLetter(words[^3]));

    private static bool IsLetter(string word) =>
        word.Length == 1 && char.IsLetter(word[0]) && !WordScript.IsUnspaced(WordScript.RuneAt(word, 0));
}

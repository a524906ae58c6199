using System.Text;
using Aico.Host.Calls.Speaking;

namespace Aico.Host.Calls.TurnTaking;

/// <summary>The words of a transcript as they sound: lower case, without punctuation.</summary>
internal static class SpokenWords
{
    // Marks are folded by hand: the host runs without culture data, where the runtime does not decompose characters.
    private const string Marked = "àáâãäåāăąçćčďèéêëēėęěğìíîïīıłñńňòóôõöøőřśşšťùúûüūůűýÿźżžß";
    private const string Plain = "aaaaaaaaacccdeeeeeeeegiiiiiilnnnooooooorssstuuuuuuuyyzzzs";

    /// <summary>
    /// A character of a script without spaces is a word. Apostrophes go (that's = thats), hyphens separate, points stay
    /// between digits and go between letters (p.m. = pm).
    /// </summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            index += rune.Utf16SequenceLength;
            if (WordScript.IsUnspaced(rune))
            {
                End(word, words);
                words.Add(rune.ToString());
            }
            else if (WordScript.IsWordPart(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (rune.Value is '.' or ',' && Between(text, index, char.IsAsciiDigit))
            {
                word.Append('.');
            }
            else if (!(rune.Value is '\'' or '’' || (rune.Value == '.' && Between(text, index, char.IsLetter))))
            {
                End(word, words);
            }
        }

        End(word, words);
        return words;
    }

    /// <summary>How a word sounds when it is drawn out or written without marks: ajá = aja, mmmm = m, okaaay = okay.</summary>
    public static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            var found = Marked.IndexOf(c, StringComparison.Ordinal);
            var plain = found < 0 ? c : Plain[found];
            var isMark = c is >= '\u0300' and <= '\u036F';
            if (!isMark && (folded.Length == 0 || folded[^1] != plain))
            {
                folded.Append(plain);
            }
        }

        return folded.ToString();
    }

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    private static bool Between(string text, int next, Func<char, bool> kind) =>
        next >= 2 && next < text.Length && kind(text[next - 2]) && kind(text[next]);
}

using System.Globalization;
using System.Text;

namespace Aico.Host.Calls.Speaking;

/// <summary>What a word is, in scripts with and without spaces between words.</summary>
internal static class WordScript
{
    /// <summary>Scripts that write no spaces: every character counts as a word.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1000 and <= 0x109F)
        or 0x3005 or 0x3007 or (>= 0x31F0 and <= 0x31FF);

    public static bool IsWordPart(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune);

    /// <summary>Marks and joiners that must stay with the character before them.</summary>
    public static bool IsMark(Rune rune) => rune.Value is 0x200D or 0x200C
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Whether a word that ends just before <paramref name="index"/> goes no further there. 7:30, 3.14 and don't are one word.</summary>
    public static bool IsWordEnd(string text, int index)
    {
        if (index >= text.Length)
        {
            return true;
        }

        var next = RuneAt(text, index);
        if (IsMark(next))
        {
            return false;
        }

        if (IsWordPart(next))
        {
            return IsUnspaced(next) || IsUnspaced(RuneBefore(text, index));
        }

        return !(text[index] is '\'' or '’' or '.' or ',' or ':' or '-' or '@' or '_' or '/'
            && index + 1 < text.Length
            && RuneAt(text, index + 1) is var after && IsWordPart(after) && !IsUnspaced(after));
    }

    public static Rune RuneAt(ReadOnlySpan<char> text, int index) =>
        Rune.DecodeFromUtf16(text[index..], out var rune, out _) == System.Buffers.OperationStatus.Done ? rune : Rune.ReplacementChar;

    private static Rune RuneBefore(string text, int index) =>
        RuneAt(text, index >= 2 && char.IsLowSurrogate(text[index - 1]) ? index - 2 : index - 1);
}

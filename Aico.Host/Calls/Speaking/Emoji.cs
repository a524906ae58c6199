using System.Text;

namespace Aico.Host.Calls.Speaking;

/// <summary>Pictures among the letters, which engines either skip or read out by their names.</summary>
internal static class Emoji
{
    /// <summary>Returns the length of the emoji, or part of one, at the start of the text; 0 to wait for more, below 0 for none.</summary>
    public static int Length(TextWindow text, char previous)
    {
        var c = text[0];
        if (char.IsHighSurrogate(c))
        {
            return !text.Knows(1) ? 0
                : Rune.TryCreate(c, text.CharAt(1), out var rune) && IsPicture(rune.Value) ? 2 : MarkdownInline.No;
        }

        // The joiner also shapes letters in Indic and Persian writing: it goes only where pictures were joined.
        return IsPicture(c) || c is '\uFE0F' or '\u20E3' || (c == '\u200D' && (char.IsSurrogate(previous) || previous == '\uFE0F' || IsPicture(previous)))
            ? 1
            : MarkdownInline.No;
    }

    private static bool IsPicture(int value) => value is
        (>= 0x1F000 and <= 0x1FAFF) or (>= 0xE0020 and <= 0xE007F) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF)
        or (>= 0x23E9 and <= 0x23FA) or 0x231A or 0x231B or 0x2328 or 0x23CF or 0x25AA or 0x25AB or 0x25B6 or 0x25C0
        or (>= 0x25FB and <= 0x25FE) or 0x2934 or 0x2935 or 0x3030 or 0x303D or 0x3297 or 0x3299;
}

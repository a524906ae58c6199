using System.Globalization;
using System.Text;

namespace Aico.Host.Calls.Speaking;

/// <summary>What a caller heard of an answer that was cut off, for the conversation to keep.</summary>
internal static class HeardText
{
    /// <summary>
    /// The text up to the last word whose end was played, with the punctuation that hangs on it and without white space at its end.
    /// </summary>
    public static string UpTo(IReadOnlyList<SpokenSegment> segments, TimeSpan heard)
    {
        var (cut, _) = LastWord(segments, heard);
        return string.Concat(segments.Select(segment => segment.Text))[..cut].TrimEnd();
    }

    /// <summary>Index just after the last word whose end was played, with what hangs on it, and when that word ended; zero where there is none.</summary>
    public static (int Index, TimeSpan At) LastWord(IReadOnlyList<SpokenSegment> segments, TimeSpan heard)
    {
        var text = string.Concat(segments.Select(segment => segment.Text));
        var cut = (Index: 0, At: TimeSpan.Zero);
        var index = 0;
        foreach (var segment in segments)
        {
            var last = LastWordEnd(text, index, segment, heard);
            cut = last.Index > cut.Index ? last : cut;
            index += segment.Text.Length;
        }

        var end = cut.Index;
        while (end > 0 && end < text.Length && HangsOn(text, end))
        {
            end++;
        }

        return (end, cut.At);
    }

    /// <summary>Index in the whole text just after the last word that ends in this segment and was played, and when; 0 for none.</summary>
    private static (int Index, TimeSpan At) LastWordEnd(string text, int start, SpokenSegment segment, TimeSpan heard)
    {
        var total = 0;
        foreach (var rune in segment.Text.EnumerateRunes())
        {
            total += Weight(rune, segment.IsExact);
        }

        var end = (Index: 0, At: TimeSpan.Zero);
        var spoken = 0;
        var index = start;
        foreach (var rune in segment.Text.EnumerateRunes())
        {
            spoken += Weight(rune, segment.IsExact);
            index += rune.Utf16SequenceLength;
            var at = total == 0 ? segment.Start : segment.Start + (segment.Duration * ((double)spoken / total));
            if (at <= heard && WordScript.IsWordPart(rune) && WordScript.IsWordEnd(text, index))
            {
                end = (index, at);
            }
        }

        return end;
    }

    /// <summary>In an exact segment speech fills the duration, so only what sounds takes time; in a guessed one pauses do too.</summary>
    private static int Weight(Rune rune, bool exact) => exact && !WordScript.IsWordPart(rune) ? 0 : 1;

    private static bool HangsOn(string text, int index)
    {
        if (char.IsWhiteSpace(text[index]) || WordScript.IsWordPart(WordScript.RuneAt(text, index)))
        {
            return false;
        }

        // An opening bracket or quote belongs to the word that was not heard.
        return char.GetUnicodeCategory(text[index]) is not (UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation);
    }
}

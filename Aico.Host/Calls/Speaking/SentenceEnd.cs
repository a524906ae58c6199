namespace Aico.Host.Calls.Speaking;

/// <summary>Whether the stop at a character ends a sentence.</summary>
internal static class SentenceEnd
{
    public static bool IsTerminator(char c) => c is '.' or '!' or '?' or '…' || IsUnspacedTerminator(c) || c is '؟' or '।' or '۔';

    /// <summary>Returns the length of the piece that ends with this stop, or none, or that it is not known yet.</summary>
    public static int At(TextWindow text, int index, SentenceLanguage language)
    {
        if (index > 0 && IsTerminator(text[index - 1]))
        {
            // The first of a run ("?!", "...") was asked for all of them.
            return Boundary.None;
        }

        var stops = index;
        var only = text[index];
        while (stops < text.Length && IsTerminator(text[stops]))
        {
            only = text[stops] == only ? only : '!';
            stops++;
        }

        var closed = SkipClosers(text, stops);
        if (!text.Knows(closed))
        {
            return Boundary.Unknown;
        }

        var next = text.CharAt(closed);
        if (IsUnspacedTerminator(text[stops - 1]))
        {
            return WithBlank(text, closed);
        }

        if (next != '\0' && !char.IsWhiteSpace(next))
        {
            // 3.14, example.com, U.S, file.txt, a query's ?x=1: no space, no end; Chinese and Japanese write none.
            return char.IsHighSurrogate(next) && !text.Knows(closed + 1) ? Boundary.Unknown
                : WordScript.IsUnspaced(WordScript.RuneAt(text.Span, closed)) ? closed : Boundary.None;
        }

        if (next is '\n' or '\r' or '\0')
        {
            return WithBlank(text, closed);
        }

        if (only == '.' && stops == index + 1)
        {
            var verdict = Period(text, index, closed, language);
            if (verdict is Boundary.None or Boundary.Unknown)
            {
                return verdict;
            }
        }

        var trailsOff = only == '…' || (only == '.' && stops > index + 1);
        return closed > stops || trailsOff ? UnlessLowercaseFollows(text, closed) : WithBlank(text, closed);
    }

    /// <summary>Index after closing quotes and brackets. A straight quote after a stop closes.</summary>
    public static int SkipClosers(TextWindow text, int index)
    {
        while (index < text.Length && text[index] is '"' or '\'' or '”' or '’' or '»' or '›' or '“' or '‘' or ')' or ']' or '}' or '」' or '』' or '）' or '】' or '》' or '］')
        {
            index++;
        }

        return index;
    }

    /// <summary>The first white character belongs to the piece; a line break of two characters is one.</summary>
    public static int WithBlank(TextWindow text, int index)
    {
        if (!char.IsWhiteSpace(text.CharAt(index)))
        {
            return index;
        }

        if (text[index] != '\r')
        {
            return index + 1;
        }

        return text.Knows(index + 1) ? (text.CharAt(index + 1) == '\n' ? index + 2 : index + 1) : Boundary.Unknown;
    }

    private static bool IsUnspacedTerminator(char c) => c is '。' or '！' or '？' or '．' or '｡';

    /// <summary>"Go!" he said: the sentence goes on. So does "Well... maybe".</summary>
    private static int UnlessLowercaseFollows(TextWindow text, int closed)
    {
        var following = text.SkipBlanks(closed);
        if (!text.Knows(following))
        {
            return Boundary.Unknown;
        }

        return char.IsLower(text.CharAt(following)) ? Boundary.None : WithBlank(text, closed);
    }

    private static int Period(TextWindow text, int index, int closed, SentenceLanguage language)
    {
        var token = text.Span[text.TokenStart(index)..index].TrimStart("\"'“‘«‹([{¿¡„");
        if (token.IsEmpty)
        {
            return Boundary.None;
        }

        if (IsNumber(token))
        {
            // "1. First": a list's number at the start of a piece. "am 3. Mai": an ordinal where the language writes them so.
            return text.Span[..index].TrimStart().Length == token.Length ? Boundary.None
                : language.WritesOrdinals && token.Length <= 2 ? IfStarterFollows(text, closed, orAnyCapital: false)
                : closed;
        }

        switch (SentenceWords.Classify(token))
        {
            case AbbreviationKind.BeforeName:
                return Boundary.None;
            case AbbreviationKind.BeforeNumber:
                return IfNoDigitFollows(text, closed);
            case AbbreviationKind.BeforeLowercase:
                return IfStarterFollows(text, closed, orAnyCapital: true);
            case AbbreviationKind.Other:
                return IfStarterFollows(text, closed, orAnyCapital: false);
            default:
                return closed;
        }
    }

    private static bool IsNumber(ReadOnlySpan<char> token)
    {
        foreach (var c in token)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static int IfNoDigitFollows(TextWindow text, int closed)
    {
        var following = text.SkipBlanks(closed);
        return !text.Knows(following) ? Boundary.Unknown : char.IsAsciiDigit(text.CharAt(following)) ? Boundary.None : closed;
    }

    /// <summary>
    /// An abbreviation ends a sentence too where the next word is one that sentences start with. Missing an end costs a little
    /// time; inventing one tears "U.S. Army" and "J. Smith" apart, so names do not count.
    /// </summary>
    private static int IfStarterFollows(TextWindow text, int closed, bool orAnyCapital)
    {
        var following = text.SkipBlanks(closed);
        if (!text.Knows(following))
        {
            return Boundary.Unknown;
        }

        var first = text.CharAt(following);
        if (first is '\n' or '\0')
        {
            return closed;
        }

        if (!char.IsUpper(first))
        {
            return Boundary.None;
        }

        var end = text.WordEnd(following);
        if (!text.Knows(end))
        {
            return Boundary.Unknown;
        }

        var word = text.Span[following..end];
        // "J. I. Smith": a single letter with a stop is an initial, not the word I.
        var initial = word.Length == 1 && text.CharAt(end) == '.';
        return !initial && (SentenceWords.IsStarter(word) || (orAnyCapital && !SentenceWords.FollowsTime(word))) ? closed : Boundary.None;
    }
}

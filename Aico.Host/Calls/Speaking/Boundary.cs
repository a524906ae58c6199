using System.Globalization;

namespace Aico.Host.Calls.Speaking;

/// <summary>Where a piece ends: the rules, as pure functions of the text.</summary>
internal static class Boundary
{
    public const int None = -1;

    /// <summary>The characters that decide have not come yet.</summary>
    public const int Unknown = -2;

    /// <summary>A first clause has at least so many words and such a width: less ("Well, …") sounds chopped and covers no gap.</summary>
    public const int ClauseWords = 3;
    public const int ClauseWidth = 12;

    /// <summary>A first piece without punctuation may end before a conjunction from here on, and at any space from a width of 90 on.</summary>
    private const int ConjunctionWords = 5;
    private const int LongestFirst = 90;

    /// <summary>No piece is longer, about 20 s of speech: providers have limits, and an interruption should waste little.</summary>
    private const int Longest = 300;

    /// <summary>Returns the length of the piece that ends at this character, <see cref="None"/> or <see cref="Unknown"/>.</summary>
    public static int At(TextWindow text, int index, PieceMeasure piece, bool first, SentenceLanguage language)
    {
        var c = text[index];
        if (c == '\n')
        {
            return piece.HasWords ? index + 1 : None;
        }

        if (!piece.HasWords)
        {
            return None;
        }

        if (SentenceEnd.IsTerminator(c))
        {
            return SentenceEnd.At(text, index, language);
        }

        if (first)
        {
            var clause = ClauseAt(text, index, piece, language);
            if (clause != None)
            {
                return clause;
            }
        }

        return TooLongAt(text, index, piece, first ? LongestFirst : Longest);
    }

    private static int ClauseAt(TextWindow text, int index, PieceMeasure piece, SentenceLanguage language)
    {
        var c = text[index];
        if (piece.Width < ClauseWidth || piece.Words < ClauseWords)
        {
            return None;
        }

        switch (c)
        {
            case '、' or '，' or '；' or '：':
                return AfterMarks(text, index + 1);
            case ',' or ';' or ':' or '،' or '؛':
                return AfterComma(text, index);
            case '—':
                return AfterDash(text, index);
            case '–' or '-':
                return index > 0 && text[index - 1] == ' ' ? AfterDash(text, index) : None;
            case ' ':
                return piece.Words >= ConjunctionWords ? BeforeConjunction(text, index, language) : None;
            default:
                return None;
        }
    }

    /// <summary>1,000 and 7:30 and https: have no space after the mark; "March 5, 2024" has one and is a date.</summary>
    private static int AfterComma(TextWindow text, int index)
    {
        var next = SentenceEnd.SkipClosers(text, index + 1);
        if (!text.Knows(next))
        {
            return Unknown;
        }

        if (!char.IsWhiteSpace(text.CharAt(next)))
        {
            return None;
        }

        if (char.IsAsciiDigit(text.CharAt(index - 1)))
        {
            var following = text.SkipBlanks(next);
            if (!text.Knows(following))
            {
                return Unknown;
            }

            if (char.IsAsciiDigit(text.CharAt(following)))
            {
                return None;
            }
        }

        return SentenceEnd.WithBlank(text, next);
    }

    private static int AfterDash(TextWindow text, int index)
    {
        if (!text.Knows(index + 1))
        {
            return Unknown;
        }

        var next = text.CharAt(index + 1);
        if (text[index] != '—' && next != ' ')
        {
            return None;
        }

        return next is '—' or '-' || char.IsAsciiDigit(next) || SentenceEnd.IsTerminator(next)
            ? None
            : char.IsWhiteSpace(next) ? SentenceEnd.WithBlank(text, index + 1) : index + 1;
    }

    private static int AfterMarks(TextWindow text, int index)
    {
        var next = SentenceEnd.SkipClosers(text, index);
        return text.Knows(next) ? SentenceEnd.WithBlank(text, next) : Unknown;
    }

    /// <summary>"because" always opens a clause; "and" only where its own subject follows, not in "bread and butter".</summary>
    private static int BeforeConjunction(TextWindow text, int space, SentenceLanguage language)
    {
        var end = text.WordEnd(space + 1);
        if (end == text.Length && !text.IsComplete)
        {
            return Unknown;
        }

        var word = text.Span[(space + 1)..end];
        if (text.CharAt(end) != ' ')
        {
            return None;
        }

        if (language.OpensClause(word))
        {
            return space + 1;
        }

        if (!language.JoinsClauses(word))
        {
            return None;
        }

        var subjectEnd = text.WordEnd(end + 1);
        if (subjectEnd == text.Length && !text.IsComplete)
        {
            return Unknown;
        }

        return language.IsSubject(text.Span[(end + 1)..subjectEnd]) ? space + 1 : None;
    }

    /// <summary>The last resort cuts at a space; without spaces (a script that writes none, or a long token) wherever no character is torn.</summary>
    private static int TooLongAt(TextWindow text, int index, PieceMeasure piece, int longest)
    {
        if (piece.Width < longest)
        {
            return None;
        }

        if (char.IsWhiteSpace(text[index]))
        {
            return index + 1;
        }

        if (piece.Width < longest + Longest && !WordScript.IsUnspaced(WordScript.RuneAt(text.Span, index)))
        {
            return None;
        }

        if (!text.Knows(index + 1) || (char.IsHighSurrogate(text.CharAt(index + 1)) && !text.Knows(index + 2)))
        {
            return Unknown;
        }

        return Continues(text, index + 1) ? None : index + 1;
    }

    private static bool Continues(TextWindow text, int index)
    {
        var next = text.CharAt(index);
        return char.IsLowSurrogate(next) || next is '\u200D' or '\uFE0F' || text.CharAt(index - 1) == '\u200D'
            || char.GetUnicodeCategory(next) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            || char.IsPunctuation(next)
            || WordScript.IsMark(WordScript.RuneAt(text.Span, index));
    }
}

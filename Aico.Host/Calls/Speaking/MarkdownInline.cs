namespace Aico.Host.Calls.Speaking;

/// <summary>Marks inside a line. Lengths: 0 waits for more, below 0 is no markup after all.</summary>
internal static class MarkdownInline
{
    public const int No = -1;

    /// <summary>A mark that is still open after so many characters was none: text must not be held back for long.</summary>
    private const int LongestHeld = 400;

    private static readonly WordSet HtmlTags = new(StringComparer.OrdinalIgnoreCase, "a b i u s em strong br p span div sub sup small code mark ul ol li table tr td th hr h1 h2 h3 h4 pre");

    /// <summary>A run of * _ or ~; it stays where it can mark nothing: 2 * 3, 5*3, snake_case, ~5.</summary>
    public static int Emphasis(TextWindow text, char previous, out bool keeps)
    {
        keeps = false;
        var run = text.Run(0);
        if (!text.Knows(run))
        {
            return 0;
        }

        var next = text.CharAt(run);
        var alone = IsBlank(previous) && IsBlank(next);
        keeps = text[0] switch
        {
            '~' => run != 2,
            '_' => (alone && run < 3) || (char.IsLetterOrDigit(previous) && char.IsLetterOrDigit(next)),
            _ => (alone && run < 3) || (char.IsAsciiDigit(previous) && char.IsAsciiDigit(next)),
        };
        return run;
    }

    /// <summary>[text](address), [text][reference] and footnotes, which have no label to speak.</summary>
    public static int Link(TextWindow text, int open, out Range label)
    {
        label = default;
        var close = Closing(text, open, '[', ']');
        if (close <= 0)
        {
            return close;
        }

        if (text.CharAt(open + 1) == '^')
        {
            label = (close + 1)..(close + 1);
            return close + 1;
        }

        if (!text.Knows(close + 1))
        {
            return 0;
        }

        label = (open + 1)..close;
        var target = text.CharAt(close + 1) switch
        {
            '(' => Closing(text, close + 1, '(', ')'),
            '[' => Closing(text, close + 1, '[', ']'),
            _ => No,
        };
        return target <= 0 ? target : target + 1;
    }

    /// <summary>An html tag goes; &lt;https://example.com> leaves the address. List&lt;string> and 3 &lt; 5 are text.</summary>
    public static int Tag(TextWindow text, char previous, out Range inner, out bool breaksLine)
    {
        inner = 0..0;
        breaksLine = false;
        if (!text.Knows(1))
        {
            return 0;
        }

        if (!char.IsAsciiLetter(text.CharAt(1)) && text.CharAt(1) is not ('/' or '!'))
        {
            return No;
        }

        var close = text.Span.IndexOfAny('>', '\n');
        if (close < 0 || text[close] == '\n')
        {
            return close < 0 && text.Length < LongestHeld && !text.IsComplete ? 0 : No;
        }

        var content = text.Span[1..close];
        if (content.Contains("://", StringComparison.Ordinal) && !content.Contains(' '))
        {
            inner = 1..close;
            return close + 1;
        }

        var name = content.TrimStart('/');
        var nameEnd = name.IndexOfAny(" /\t");
        name = nameEnd < 0 ? name : name[..nameEnd];
        if (!HtmlTags.Contains(name) && char.IsLetterOrDigit(previous))
        {
            return No;
        }

        breaksLine = name is "br" or "BR" or "li" or "p" or "tr" or "hr";
        return close + 1;
    }

    private static int Closing(TextWindow text, int open, char opening, char closing)
    {
        var depth = 0;
        for (var i = open; i < text.Length && text[i] != '\n'; i++)
        {
            depth += text[i] == opening ? 1 : text[i] == closing ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }

            if (i - open > LongestHeld)
            {
                return No;
            }
        }

        return text.IsComplete || text.Span[open..].Contains('\n') ? No : 0;
    }

    private static bool IsBlank(char c) => c == '\0' || char.IsWhiteSpace(c);
}

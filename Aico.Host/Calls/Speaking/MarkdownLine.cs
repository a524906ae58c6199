namespace Aico.Host.Calls.Speaking;

/// <summary>What stands at the start of a line: heading marks, bullets, quotes, rules, tables, fences.</summary>
internal readonly record struct MarkdownLine(MarkdownLineKind Kind, int Length, char FenceMark = '\0', int FenceLength = 0)
{
    private static readonly MarkdownLine Text = new(MarkdownLineKind.Text, 0);
    private static readonly MarkdownLine Unknown = new(MarkdownLineKind.Mark, 0);

    public static MarkdownLine At(TextWindow text)
    {
        switch (text[0])
        {
            case ' ' or '\t' or '>':
                return Mark(1);
            case '#':
                return Heading(text);
            case '`':
                return Fence(text);
            case '~':
                return Fence(text);
            case '|' or ':' or '-':
                return Rule(text);
            case '*' or '_' or '=' or '+':
                return Rule(text);
            case '•' or '◦' or '▪' or '‣':
                return Mark(1);
            default:
                return Text;
        }
    }

    private static MarkdownLine Mark(int length) => new(MarkdownLineKind.Mark, length);

    private static MarkdownLine Heading(TextWindow text)
    {
        var run = text.Run(0);
        return !text.Knows(run) ? Unknown
            : run <= 6 && text.CharAt(run) is ' ' or '\t' or '\n' or '\0' ? Mark(run)
            : Text;
    }

    /// <summary>A fence line with a backtick after the mark is inline code.</summary>
    private static MarkdownLine Fence(TextWindow text)
    {
        var run = text.Run(0);
        if (!text.Knows(run))
        {
            return Unknown;
        }

        if (run < 3)
        {
            return Text;
        }

        var rest = text.Span[run..].IndexOfAny('\n', '`');
        return rest < 0 && !text.IsComplete ? Unknown
            : rest >= 0 && text[run + rest] == '`' ? Text
            : new(MarkdownLineKind.Fence, run, text[0], run);
    }

    /// <summary>Rules, underlines of headings and the line below a table's head hold nothing but marks; the rest are bullets and rows.</summary>
    private static MarkdownLine Rule(TextWindow text)
    {
        var marks = text[0] is '|' or ':' or '-' ? "|:- \t" : text[0] + " \t";
        var lineEnd = text.Span.IndexOfAnyExcept(marks);
        if (lineEnd < 0 && !text.IsComplete)
        {
            return Unknown;
        }

        lineEnd = lineEnd < 0 ? text.Length : lineEnd;
        var line = text.Span[..lineEnd];
        if (text.CharAt(lineEnd) is '\n' or '\r' or '\0' && (line.Contains('|') || line.Count(text[0]) >= 3))
        {
            return Mark(text.CharAt(lineEnd) == '\n' ? lineEnd + 1 : lineEnd);
        }

        if (text[0] == '|')
        {
            return new(MarkdownLineKind.TableRow, 1);
        }

        if (text[0] is not ('-' or '*' or '+') || text.CharAt(1) is not (' ' or '\t'))
        {
            return Text;
        }

        return Bullet(text);
    }

    /// <summary>A bullet, with the box of a task where there is one.</summary>
    private static MarkdownLine Bullet(TextWindow text)
    {
        if (text.CharAt(2) != '[')
        {
            return Mark(2);
        }

        return !text.Knows(4) ? Unknown : text.CharAt(3) is ' ' or 'x' or 'X' && text.CharAt(4) == ']' ? Mark(5) : Mark(2);
    }
}

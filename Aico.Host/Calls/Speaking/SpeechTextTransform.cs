using System.Text;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Makes what a language model writes fit to be spoken, between the model and the <see cref="SentenceSplitter"/>: markdown
/// marks, html tags and emoji go; links keep their text and bare addresses their domain; table cells become a list; inline code
/// is read as it stands; per-agent words are replaced. Code blocks are left out: nobody wants braces read aloud. Where an
/// announcement is given it is spoken in their place, so that an answer of nothing but code is not silence.
/// </summary>
/// <remarks>
/// Plain text passes at once. Held back is only what may still become markup, at most to the end of its line, and the
/// beginning of a word that is to be replaced. The result does not depend on how the text was cut into deltas.
/// </remarks>
internal sealed class SpeechTextTransform(IReadOnlyDictionary<string, string> replacements, string? codeBlockAnnouncement = null)
{
    private readonly WordReplacer replacer = new(replacements);
    private readonly StringBuilder output = new();
    private readonly TextBuffer pending = new();
    private char previous;
    private char lastEmitted;
    private bool atLineStart = true;
    private bool inTableRow;
    private bool skipsBlank;
    private int codeTicks;
    private CodeFence? fence;

    /// <summary>Takes more of the answer and returns what can be spoken now, often the delta itself, sometimes nothing.</summary>
    public string Push(string delta)
    {
        pending.Append(delta);
        Run(complete: false);
        return Take(delta);
    }

    /// <summary>The answer ends here: returns the rest. The transform is as new afterwards.</summary>
    public string Complete()
    {
        var rest = Flush();
        Reset();
        return rest;
    }

    /// <summary>Returns what is held back, as if nothing that follows could change it; the line goes on.</summary>
    public string Flush()
    {
        Run(complete: true);
        replacer.Complete(output);
        return Take("");
    }

    private void Reset()
    {
        pending.Clear();
        previous = lastEmitted = '\0';
        atLineStart = true;
        inTableRow = skipsBlank = false;
        codeTicks = 0;
        fence = null;
    }

    private string Take(string delta)
    {
        var result = output.Equals(delta) ? delta : output.ToString();
        output.Clear();
        return result;
    }

    private void Run(bool complete)
    {
        while (pending.Length > 0)
        {
            var consumed = Step(pending.Window(complete));
            if (consumed == 0)
            {
                return;
            }

            previous = pending.Span[consumed - 1];
            pending.Drop(consumed);
        }
    }

    /// <summary>Returns how many characters are done with; 0 waits for more.</summary>
    private int Step(TextWindow text)
    {
        if (fence is { } open)
        {
            return open.Skip(text, ref fence);
        }

        if (text[0] == '\n')
        {
            EndLine();
            return 1;
        }

        if (atLineStart)
        {
            var line = MarkdownLine.At(text);
            if (line.Kind != MarkdownLineKind.Text)
            {
                return StartLine(line);
            }

            atLineStart = false;
        }

        return inTableRow && text[0] is '|' or ' ' or '\t' ? Cell(text) : Inline(text);
    }

    private void EndLine()
    {
        Emit('\n');
        atLineStart = true;
        inTableRow = skipsBlank = false;
        codeTicks = 0;
    }

    private int StartLine(MarkdownLine line)
    {
        switch (line.Kind)
        {
            case MarkdownLineKind.Fence:
                fence = new CodeFence(line.FenceMark, line.FenceLength);
                Emit(codeBlockAnnouncement is null ? "" : codeBlockAnnouncement + "\n");
                break;
            case MarkdownLineKind.TableRow:
                atLineStart = false;
                inTableRow = skipsBlank = true;
                break;
            default:
                break;
        }

        return line.Length;
    }

    private int Cell(TextWindow text)
    {
        var next = text.SkipBlanks(text[0] == '|' ? 1 : 0);
        if (!text.Knows(next))
        {
            return 0;
        }

        if (text[0] != '|')
        {
            return text.CharAt(next) == '|' ? next : Inline(text);
        }

        if (text.CharAt(next) is not ('|' or '\n' or '\0'))
        {
            Emit(", ");
        }

        return next;
    }

    private int Inline(TextWindow text)
    {
        var c = text[0];
        if (c == '`')
        {
            return Ticks(text);
        }

        if (codeTicks > 0)
        {
            return Pass(c);
        }

        if (skipsBlank && c is ' ' or '\t')
        {
            return 1;
        }

        skipsBlank = false;
        switch (c)
        {
            case '*' or '_' or '~':
                return MarkdownInline.Emphasis(text, previous, out var keeps) is var run && keeps ? Pass(text.Span[..run]) : run;
            case '\\':
                return !text.Knows(1) ? 0 : char.IsAsciiLetterOrDigit(text.CharAt(1)) || text.CharAt(1) <= ' ' ? Pass(c) : Pass(text[1]) + 1;
            case '!':
                return Picture(text);
            case '[':
                return Unwrap(text, MarkdownInline.Link(text, 0, out var label), label);
            case '<':
                return Tag(text);
            case 'h' or 'H' or 'w' or 'W' when !char.IsLetterOrDigit(previous):
                return Address(text);
            default:
                return Emoji.Length(text, previous) is var length and >= 0 ? Drop(length) : Pass(c);
        }
    }

    private int Ticks(TextWindow text)
    {
        var run = text.Run(0);
        if (!text.Knows(run))
        {
            return 0;
        }

        if (codeTicks != 0 && codeTicks != run)
        {
            return Pass(text.Span[..run]);
        }

        codeTicks = codeTicks == 0 ? run : 0;
        return run;
    }

    /// <summary>A picture's alternative text is spoken, as the label of a link.</summary>
    private int Picture(TextWindow text)
    {
        if (!text.Knows(1))
        {
            return 0;
        }

        var link = text.CharAt(1) == '[' ? MarkdownInline.Link(text, 1, out _) : MarkdownInline.No;
        return link < 0 ? Pass('!') : Math.Min(link, 1);
    }

    /// <summary>Goes on with the label alone, which may hold markup itself.</summary>
    private int Unwrap(TextWindow text, int length, Range label)
    {
        if (length <= 0)
        {
            return length == 0 ? 0 : Pass(text[0]);
        }

        var inner = text.Span[label];
        var kept = length - inner.Length;
        inner.CopyTo(pending.Span[kept..]);
        // What stands before the label now is a bracket, whatever was there.
        pending.Span[kept - 1] = '[';
        return kept;
    }

    private int Tag(TextWindow text)
    {
        var length = MarkdownInline.Tag(text, previous, out var inner, out var breaksLine);
        if (breaksLine)
        {
            EndLine();
        }

        return Unwrap(text, length, inner);
    }

    private int Address(TextWindow text)
    {
        var length = SpokenAddress.Length(text, out var spoken);
        if (length <= 0)
        {
            return length == 0 ? 0 : Pass(text[0]);
        }

        Pass(spoken);
        return length;
    }

    /// <summary>Of the blanks on either side of an emoji only one is kept.</summary>
    private int Drop(int length)
    {
        skipsBlank = length > 0 && (lastEmitted == '\0' || char.IsWhiteSpace(lastEmitted));
        return length;
    }

    private int Pass(char c)
    {
        Emit(c);
        return 1;
    }

    private int Pass(ReadOnlySpan<char> text)
    {
        Emit(text);
        return text.Length;
    }

    private void Emit(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            Emit(c);
        }
    }

    private void Emit(char c)
    {
        lastEmitted = c;
        replacer.Append(c, output);
    }
}

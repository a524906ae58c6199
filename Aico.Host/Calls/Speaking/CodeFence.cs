namespace Aico.Host.Calls.Speaking;

/// <summary>A code block that was opened and is being left out, line by line.</summary>
internal sealed class CodeFence(char mark, int length)
{
    private bool firstLine = true;

    /// <summary>Returns how many characters are done with; 0 waits for the end of the line. Clears the fence where it closes.</summary>
    public int Skip(TextWindow text, ref CodeFence? fence)
    {
        var lineEnd = text.Span.IndexOf('\n');
        if (lineEnd < 0)
        {
            return text.IsComplete ? text.Length : 0;
        }

        var line = text.Span[..lineEnd].Trim();
        if (!firstLine && line.Length >= length && line.IndexOfAnyExcept(mark) < 0)
        {
            fence = null;
        }

        firstLine = false;
        return lineEnd + 1;
    }
}

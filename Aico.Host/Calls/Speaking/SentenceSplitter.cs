namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Cuts an answer, as the language model writes it, into pieces to speak, each as early as it is certain. The answer begins with
/// a clause, so that the first audio comes early; sentences follow. The pieces join to exactly what was pushed, and they do not
/// depend on how it was cut into deltas. White space stays at the end of a piece, except that what follows the first white
/// character comes too late for it and begins the next piece; an answer that ends in white space may so end in a piece without words.
/// </summary>
/// <remarks>
/// The decision at each character looks at what came before it and as far ahead as it must, mostly one character. Where that
/// is not there yet the scan waits. So a decision, once taken, never depends on later text.
/// </remarks>
internal sealed class SentenceSplitter
{
    private readonly SentenceLanguage language;
    private char[] buffer = new char[512];
    private int start;
    private int scan;
    private int end;
    private PieceMeasure piece;
    private int spoken;

    public SentenceSplitter(string? language) => this.language = SentenceLanguage.For(language);

    /// <summary>Takes more of the answer and adds the pieces that are now certain.</summary>
    public void Push(string delta, List<string> ready)
    {
        Append(delta);
        Scan(ready, complete: false);
    }

    /// <summary>The answer ends here: adds what is left. The splitter is as new afterwards.</summary>
    public void Complete(List<string> ready)
    {
        Scan(ready, complete: true);
        if (end > start)
        {
            ready.Add(new string(buffer, start, end - start));
        }

        Reset();
    }

    /// <summary>Forgets what is left, as after an interruption.</summary>
    public void Reset()
    {
        start = scan = end = 0;
        spoken = 0;
        piece = default;
    }

    private void Append(string delta)
    {
        if (end + delta.Length > buffer.Length)
        {
            var kept = end - start;
            var target = kept + delta.Length > buffer.Length ? new char[Math.Max(buffer.Length * 2, kept + delta.Length)] : buffer;
            Array.Copy(buffer, start, target, 0, kept);
            buffer = target;
            scan -= start;
            end = kept;
            start = 0;
        }

        delta.CopyTo(0, buffer, end, delta.Length);
        end += delta.Length;
    }

    private void Scan(List<string> ready, bool complete)
    {
        while (scan < end)
        {
            if (char.IsHighSurrogate(buffer[scan]) && scan + 1 == end && !complete)
            {
                return;
            }

            // Context starts at the piece: a cut before it was certain, so nothing earlier matters.
            var text = new TextWindow(buffer.AsSpan(start, end - start), complete);
            var cut = Boundary.At(text, scan - start, piece, First, language);
            if (cut == Boundary.Unknown)
            {
                return;
            }

            if (cut == Boundary.None)
            {
                piece.Add(text.Span, scan - start);
                scan++;
                continue;
            }

            // A cut may lie past the scanned character (closing quotes, the space) or before it (a conjunction).
            for (; scan - start < cut; scan++)
            {
                piece.Add(text.Span, scan - start);
            }

            spoken += piece.Width;
            ready.Add(new string(buffer, start, cut));
            start += cut;
            scan = start;
            piece = default;
        }
    }

    /// <summary>A clause will do until there is enough to speak for sentences to follow without a gap; "Hi!" is not.</summary>
    private bool First => spoken < Boundary.ClauseWidth;
}

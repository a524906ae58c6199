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
    private readonly TextBuffer pending = new();
    private int scan;
    private PieceMeasure piece;
    private int spoken;

    public SentenceSplitter(string? language) => this.language = SentenceLanguage.For(language);

    /// <summary>Takes more of the answer and adds the pieces that are now certain.</summary>
    public void Push(string delta, List<string> ready)
    {
        pending.Append(delta);
        Scan(ready, complete: false);
    }

    /// <summary>The answer ends here: adds what is left. The splitter is as new afterwards.</summary>
    public void Complete(List<string> ready)
    {
        Scan(ready, complete: true);
        if (pending.Length > 0)
        {
            ready.Add(pending.Span.ToString());
        }

        Reset();
    }

    /// <summary>Forgets what is left, as after an interruption.</summary>
    public void Reset()
    {
        pending.Clear();
        scan = 0;
        spoken = 0;
        piece = default;
    }

    private void Scan(List<string> ready, bool complete)
    {
        while (scan < pending.Length)
        {
            // A cut before this piece was certain, so nothing earlier matters.
            var text = pending.Window(complete);
            if (char.IsHighSurrogate(text[scan]) && !text.Knows(scan + 1))
            {
                return;
            }

            var cut = Boundary.At(text, scan, piece, First, language);
            if (cut == Boundary.Unknown)
            {
                return;
            }

            if (cut == Boundary.None)
            {
                piece.Add(text.Span, scan++);
                continue;
            }

            // A cut may lie past the scanned character: closing quotes, the space.
            while (scan < cut)
            {
                piece.Add(text.Span, scan++);
            }

            spoken += piece.Width;
            ready.Add(text.Span[..cut].ToString());
            pending.Drop(cut);
            scan = 0;
            piece = default;
        }
    }

    /// <summary>A clause will do until there is enough to speak for sentences to follow without a gap; "Hi!" is not.</summary>
    private bool First => spoken < Boundary.ClauseWidth;
}

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// From what a language model writes to the sentences that are spoken: markup out, made speakable, cut. Tags never reach the
/// transform or the splitter, so they change neither what is spoken nor where it is cut.
/// </summary>
internal sealed class SentenceStream(AgentSettings settings, bool isUninterruptible)
{
    private readonly UninterruptibleMarkup _markup = new();
    private readonly SpeechTextTransform _transform = new(settings.Speaking.Replacements);
    private readonly SentenceSplitter _splitter = new(settings.Language);
    private readonly List<Sentence> _runs = [];
    private readonly List<string> _pieces = [];

    // Where marked text begins and ends, counted from the beginning of the next piece.
    private readonly List<(int Start, int End)> _marked = [];
    private int _pushed;
    private bool _wasMarked;

    /// <summary>Takes more text, adds the sentences that are now certain, and returns the text without the tags.</summary>
    public string Push(string text, List<Sentence> ready)
    {
        _markup.Push(text, _runs);
        return TakeRuns(ready);
    }

    /// <summary>What came so far is spoken now: adds all that was held back.</summary>
    public void Flush(List<Sentence> ready)
    {
        _markup.Flush(_runs);
        TakeRuns(ready);
        Split(_transform.Complete(), _wasMarked);
        _splitter.Complete(_pieces);
        TakePieces(ready);
    }

    private string TakeRuns(List<Sentence> ready)
    {
        var text = string.Concat(_runs.Select(run => run.Text));
        foreach (var run in _runs)
        {
            if (run.IsUninterruptible != _wasMarked)
            {
                // What the transform holds back belongs to the side of the tag that it stood on.
                Split(_transform.Flush(), _wasMarked);
                _wasMarked = run.IsUninterruptible;
            }

            Split(_transform.Push(run.Text), _wasMarked);
        }

        _runs.Clear();
        TakePieces(ready);
        return text;
    }

    private void Split(string text, bool isMarked)
    {
        var end = _pushed + text.Length;
        if (isMarked && !string.IsNullOrWhiteSpace(text))
        {
            // Blanks around marked words are no reason to hear the neighbouring sentences out.
            var start = _pushed + text.Length - text.TrimStart().Length;
            _marked.Add((start, _pushed + text.TrimEnd().Length));
        }

        _pushed = end;
        _splitter.Push(text, _pieces);
    }

    private void TakePieces(List<Sentence> ready)
    {
        foreach (var piece in _pieces)
        {
            var isMarked = _marked.Exists(mark => mark.Start < piece.Length && mark.End > 0);
            ready.Add(new Sentence(piece, isMarked || isUninterruptible));
            _pushed -= piece.Length;
            for (var i = 0; i < _marked.Count; i++)
            {
                _marked[i] = (_marked[i].Start - piece.Length, _marked[i].End - piece.Length);
            }

            _marked.RemoveAll(mark => mark.End <= 0);
        }

        _pieces.Clear();
    }
}

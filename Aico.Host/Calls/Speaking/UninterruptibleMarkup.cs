namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Takes &lt;no-interrupt>…&lt;/no-interrupt> out of what a language model writes and says which text stood inside. Held back is only
/// what may still become one of the two tags. A tag that is not closed lasts to the end of the reply; nesting means nothing.
/// </summary>
internal sealed class UninterruptibleMarkup
{
    private const string Open = "<no-interrupt>";
    private const string Close = "</no-interrupt>";

    // Text that begins like a tag for so long and then ends was one: a model's answer can be cut off anywhere.
    private const int CertainlyTag = 4;

    private string _pending = "";
    private bool _isInside;

    /// <summary>Takes more text and adds what is certain, never empty.</summary>
    public void Push(string delta, List<Sentence> runs)
    {
        var text = _pending + delta;
        var begin = 0;
        var at = text.IndexOf('<');
        while (at >= 0)
        {
            var rest = text.AsSpan(at);
            if (TagAt(rest) is { } tag)
            {
                Add(text[begin..at], runs);
                _isInside = tag == Open;
                begin = at + tag.Length;
                at = text.IndexOf('<', begin);
            }
            else if (MayBecomeTag(rest))
            {
                break;
            }
            else
            {
                at = text.IndexOf('<', at + 1);
            }
        }

        var end = at < 0 ? text.Length : at;
        Add(text[begin..end], runs);
        _pending = text[end..];
    }

    /// <summary>Nothing is to wait for more: adds what was held back, but for a tag that was cut off. What is open stays open.</summary>
    public void Flush(List<Sentence> runs)
    {
        if (_pending.Length < CertainlyTag)
        {
            Add(_pending, runs);
        }

        _pending = "";
    }

    private static string? TagAt(ReadOnlySpan<char> text) =>
        text.StartsWith(Open, StringComparison.OrdinalIgnoreCase) ? Open : text.StartsWith(Close, StringComparison.OrdinalIgnoreCase) ? Close : null;

    private static bool MayBecomeTag(ReadOnlySpan<char> text) =>
        Open.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase) || Close.AsSpan().StartsWith(text, StringComparison.OrdinalIgnoreCase);

    private void Add(string text, List<Sentence> runs)
    {
        if (text.Length > 0)
        {
            runs.Add(new Sentence(text, _isInside));
        }
    }
}

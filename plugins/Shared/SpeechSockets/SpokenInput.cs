namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>
/// Finds the words that a vendor says it spoke in the text that was sent, so that what is given joins to that text whatever the
/// vendor made of blanks and punctuation. One writer and one reader at a time.
/// </summary>
internal sealed class SpokenInput
{
    /// <summary>How far ahead a letter is looked for: past what was spoken but not told, such as a sign between words.</summary>
    private const int Window = 12;

    private readonly Lock _lock = new();
    private string _text = "";

    public void Append(string text)
    {
        lock (_lock)
        {
            _text += text;
        }
    }

    /// <summary>Takes the text up to the end of a word, with the blanks and the punctuation behind it.</summary>
    public string Take(string word)
    {
        lock (_lock)
        {
            var end = 0;
            foreach (var letter in word)
            {
                if (char.IsLetterOrDigit(letter))
                {
                    var ahead = _text.IndexOf(letter, end, Math.Min(Window, _text.Length - end));
                    end = ahead < 0 ? end : ahead + 1;
                }
            }

            while (end > 0 && end < _text.Length && !char.IsLetterOrDigit(_text[end]))
            {
                end++;
            }

            return Cut(end);
        }
    }

    public string TakeRest()
    {
        lock (_lock)
        {
            return Cut(_text.Length);
        }
    }

    private string Cut(int length)
    {
        var taken = _text[..length];
        _text = _text[length..];
        return taken;
    }
}

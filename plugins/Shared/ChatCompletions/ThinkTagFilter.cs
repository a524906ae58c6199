using System.Text;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>
/// Parts what a model says from what it thinks between think tags, which come cut anywhere. A caller must never hear the thoughts.
/// </summary>
internal sealed class ThinkTagFilter
{
    private const string Opening = "<think>";
    private const string Closing = "</think>";

    private readonly StringBuilder _said = new();
    private readonly StringBuilder _thought = new();
    private string _held = "";
    private bool _thinking;
    private bool _hasSpoken;

    /// <summary>Takes the next piece and returns what is certain by now.</summary>
    public (string Said, string Thought) Take(string piece)
    {
        // Nearly every piece of nearly every answer.
        if (_hasSpoken && !_thinking && _held.Length == 0 && !piece.Contains('<'))
        {
            return (piece, "");
        }

        var text = _held + piece;
        _held = "";
        var position = 0;
        while (position < text.Length)
        {
            var tag = text.IndexOf('<', position);
            if (tag < 0)
            {
                Give(text.AsSpan(position));
                break;
            }

            Give(text.AsSpan(position, tag - position));
            var rest = text.AsSpan(tag);
            if (rest.StartsWith(Opening, StringComparison.Ordinal) || rest.StartsWith(Closing, StringComparison.Ordinal))
            {
                _thinking = rest[1] != '/';
                position = tag + (_thinking ? Opening : Closing).Length;
            }
            else if (Opening.AsSpan().StartsWith(rest, StringComparison.Ordinal) || Closing.AsSpan().StartsWith(rest, StringComparison.Ordinal))
            {
                _held = rest.ToString();
                break;
            }
            else
            {
                Give(rest[..1]);
                position = tag + 1;
            }
        }

        return Result();
    }

    /// <summary>Returns what was held back in case it had become a tag.</summary>
    public (string Said, string Thought) End()
    {
        Give(_held);
        _held = "";
        return Result();
    }

    private void Give(ReadOnlySpan<char> text)
    {
        if (_thinking)
        {
            _thought.Append(text);
            return;
        }

        // The blank lines between thoughts and answer are neither.
        text = _hasSpoken ? text : text.TrimStart();
        _hasSpoken |= text.Length > 0;
        _said.Append(text);
    }

    private (string Said, string Thought) Result()
    {
        var result = (_said.ToString(), _thought.ToString());
        _said.Clear();
        _thought.Clear();
        return result;
    }
}

using System.Text;

namespace Aico.Host.Calls.Speaking;

/// <summary>How much there is to speak in a piece so far, counted as it is scanned.</summary>
internal struct PieceMeasure
{
    /// <summary>A Chinese or Japanese character takes about as long to speak as four Latin letters.</summary>
    private const int UnspacedWidth = 4;

    private bool inWord;

    /// <summary>Letters and digits, those of scripts without spaces counted by <see cref="UnspacedWidth"/>, and the spaces between them.</summary>
    public int Width { get; private set; }

    public int Words { get; private set; }

    public readonly bool HasWords => Words > 0;

    public void Add(ReadOnlySpan<char> text, int index)
    {
        var c = text[index];
        if (char.IsLowSurrogate(c))
        {
            return;
        }

        var rune = char.IsHighSurrogate(c) && index + 1 < text.Length && Rune.TryCreate(c, text[index + 1], out var pair)
            ? pair
            : Rune.TryCreate(c, out var single) ? single : Rune.ReplacementChar;
        if (WordScript.IsUnspaced(rune))
        {
            Width += UnspacedWidth;
            Words++;
            inWord = false;
        }
        else if (Rune.IsLetterOrDigit(rune))
        {
            Width++;
            Words += inWord ? 0 : 1;
            inWord = true;
        }
        else if (Rune.IsWhiteSpace(rune))
        {
            Width += inWord ? 1 : 0;
            inWord = false;
        }
    }
}

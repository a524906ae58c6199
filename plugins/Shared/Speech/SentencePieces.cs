using System.Text;

namespace Aico.Plugins.Shared.Speech;

/// <summary>
/// Collects text that comes in fragments of any size and gives it back in pieces that can be spoken: everything on a flush, and
/// without one only what ends obviously. The pieces join to exactly the text.
/// </summary>
/// <param name="firstPieceLength">Characters beyond which the first piece is cut at a clause.</param>
internal sealed class SentencePieces(int firstPieceLength = SentencePieces.FirstPieceLength)
{
    /// <summary>The first piece is cut at a clause beyond this, so that the first audio need not wait for a long sentence: about 4 s of speech.</summary>
    private const int FirstPieceLength = 60;

    /// <summary>No piece is longer, whatever the text looks like: about 12 s of speech.</summary>
    public const int PieceLength = 200;

    private const string SentenceEnds = ".!?\n";
    private const string WideSentenceEnds = "。！？…";
    private const string ClauseEnds = ",;:—–";
    private const string WideClauseEnds = "、，；：";
    private const string Closers = "\"')]}»”’」』）";

    private readonly StringBuilder _text = new();
    private bool _first = true;

    public void Append(string text) => _text.Append(text);

    /// <summary>Takes the next piece out; false where there is none yet.</summary>
    /// <param name="flush">True where no more text need be waited for.</param>
    /// <param name="piece">The piece, never empty.</param>
    public bool TryTake(bool flush, out string piece)
    {
        var text = _text.ToString();
        var length = FindSentenceEnd(text);
        if (length == 0 && (flush || text.Length > PieceLength))
        {
            length = text.Length;
        }

        var limit = _first ? firstPieceLength : PieceLength;
        if (length > limit)
        {
            length = FindCut(text.AsSpan(0, length), limit);
        }

        piece = text[..length];
        _text.Remove(0, length);
        _first &= length == 0;
        return length > 0;
    }

    private static int FindCut(ReadOnlySpan<char> sentence, int limit)
    {
        for (var i = Math.Min(limit, sentence.Length - 1); i > 0; i--)
        {
            if ((char.IsWhiteSpace(sentence[i]) && ClauseEnds.Contains(sentence[i - 1])) || WideClauseEnds.Contains(sentence[i]))
            {
                return i + 1;
            }
        }

        if (sentence.Length <= PieceLength)
        {
            return sentence.Length;
        }

        for (var i = PieceLength - 1; i > 0; i--)
        {
            if (char.IsWhiteSpace(sentence[i]))
            {
                return i + 1;
            }
        }

        return char.IsHighSurrogate(sentence[PieceLength - 1]) ? PieceLength - 1 : PieceLength;
    }

    /// <summary>
    /// Only ends that need no knowledge of the language: the host, which has it, sends sentences and flushes after each. A mark at
    /// the very end is none yet, since a fragment may go on with more of it ("3." and "5", or "..").
    /// </summary>
    private static int FindSentenceEnd(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (WideSentenceEnds.Contains(text[i]) && i + 1 < text.Length)
            {
                return SkipClosers(text, i + 1);
            }

            if (SentenceEnds.Contains(text[i]))
            {
                var end = SkipClosers(text, i + 1);
                var isLine = text[i] == '\n' && i > 0;
                if (isLine || (end + 1 < text.Length && char.IsWhiteSpace(text[end]) && IsObvious(text, i, end + 1)))
                {
                    return isLine ? i + 1 : end + 1;
                }
            }
        }

        return 0;
    }

    private static int SkipClosers(string text, int index)
    {
        while (index < text.Length && (Closers.Contains(text[index]) || SentenceEnds.Contains(text[index])))
        {
            index++;
        }

        return index;
    }

    /// <summary>A period ends a sentence for sure only after a plain lower-case word ("Mr.", "J." and "3." are none) and before a capital.</summary>
    private static bool IsObvious(string text, int mark, int next)
    {
        if (text[mark] != '.')
        {
            return true;
        }

        var letters = 0;
        while (mark - letters - 1 >= 0 && char.IsLower(text[mark - letters - 1]))
        {
            letters++;
        }

        return letters >= 4 && char.IsUpper(text[next]);
    }
}

using System.Globalization;
using System.Text;
using Aico.Abstractions;

namespace Aico.Plugins.Moonshine;

/// <summary>The pieces of text that the model's tokens stand for.</summary>
/// <remarks>
/// The file has one piece a line, and the line's number is the token. "▁" is a space, "&lt;0xNN&gt;" a byte: letters beyond the
/// vocabulary come as their UTF-8 bytes, so pieces are joined as bytes.
/// </remarks>
internal sealed class Vocabulary
{
    // Unknown, start and end: they stand for no text.
    private const int Specials = 3;

    private readonly byte[][] _pieces;

    private Vocabulary(byte[][] pieces) => _pieces = pieces;

    /// <exception cref="ProviderException">The file cannot be read or holds no vocabulary.</exception>
    public static Vocabulary Load(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, $"The vocabulary {path} cannot be read: {exception.Message}", exception);
        }

        return lines is [_, "<s>", "</s>", "<0x00>", ..]
            ? new([.. lines.Select((line, token) => token < Specials ? [] : BytesOf(line))])
            : throw new ProviderException(
                ProviderFailure.ProtocolError, $"{path} is no vocabulary of Moonshine: the pieces of tokens 1 to 3 are not <s>, </s> and <0x00>.");
    }

    /// <summary>Joins the pieces and trims. Tokens beyond the vocabulary are the model's own marks and have no text.</summary>
    public string TextOf(IEnumerable<int> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
        {
            if (token < _pieces.Length)
            {
                bytes.AddRange(_pieces[token]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]).Trim();
    }

    private static byte[] BytesOf(string piece) =>
        piece is ['<', '0', 'x', _, _, '>']
            ? [byte.Parse(piece.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)]
            : Encoding.UTF8.GetBytes(piece.Replace('▁', ' '));
}

namespace Aico.Plugins.Whisper;

/// <summary>Notes that Whisper writes about what is no speech: [BLANK_AUDIO], (music), *sighs*, ♪.</summary>
internal static class WhisperNotes
{
    private const string Opening = "[(*";
    private const string Closing = "])*";

    /// <summary>
    /// The text on one line, since whisper.cpp ends each segment with a line feed; "" where it holds nothing but notes. Notes between words
    /// stay, since they may be what was said.
    /// </summary>
    public static string Remove(string text)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (rest[0] == '♪' || char.IsWhiteSpace(rest[0]) || (char.IsPunctuation(rest[0]) && Opening.IndexOf(rest[0]) < 0))
            {
                rest = rest[1..];
                continue;
            }

            var kind = Opening.IndexOf(rest[0]);
            var end = kind < 0 ? -1 : rest[1..].IndexOf(Closing[kind]);
            if (end < 0)
            {
                return text;
            }

            rest = rest[(end + 2)..];
        }

        return "";
    }
}

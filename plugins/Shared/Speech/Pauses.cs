namespace Aico.Plugins.Shared.Speech;

/// <summary>The pause after a piece, where the engine's own silence was cut off.</summary>
internal static class Pauses
{
    /// <summary>After a piece that ends inside a phrase: enough for the last sound to fade.</summary>
    private static readonly TimeSpan Fade = TimeSpan.FromMilliseconds(30);

    public static TimeSpan After(ReadOnlySpan<char> piece, int sentencePauseMs, int clausePauseMs)
    {
        var text = piece.TrimEnd(" \t\r\n\"')]}»”’」』）");
        return text.IsEmpty ? Fade : text[^1] switch
        {
            '.' or '!' or '?' or '…' or '。' or '！' or '？' or '؟' or '।' => TimeSpan.FromMilliseconds(sentencePauseMs),
            ',' or ';' or ':' or '-' or '–' or '—' or '、' or '，' or '；' or '：' or '،' => TimeSpan.FromMilliseconds(clausePauseMs),
            _ => Fade,
        };
    }
}

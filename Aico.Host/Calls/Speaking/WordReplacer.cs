using System.Text;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Replaces whole words in a stream of characters: case ignored, several words in a row too, the longest first. It holds
/// text back only while that may still become one of the words.
/// </summary>
internal sealed class WordReplacer
{
    private readonly KeyValuePair<string, string>[] entries;
    private readonly StringBuilder held = new();
    private char last;

    public WordReplacer(IReadOnlyDictionary<string, string> replacements) => entries = [.. replacements
        .Where(entry => !string.IsNullOrWhiteSpace(entry.Key))
        .Select(entry => KeyValuePair.Create(entry.Key.Trim(), entry.Value))
        .OrderByDescending(entry => entry.Key.Length)
        .ThenBy(entry => entry.Key, StringComparer.Ordinal)];

    public void Append(char c, StringBuilder output)
    {
        if (entries.Length == 0)
        {
            output.Append(c);
            return;
        }

        held.Append(c);
        Resolve(output, complete: false);
    }

    public void Complete(StringBuilder output)
    {
        Resolve(output, complete: true);
        last = '\0';
    }

    private void Resolve(StringBuilder output, bool complete)
    {
        while (held.Length > 0)
        {
            var replacement = Match(complete, out var length);
            if (length == 0)
            {
                return;
            }

            last = held[length - 1];
            if (replacement is null)
            {
                output.Append(held[0]);
            }
            else
            {
                output.Append(replacement);
            }

            held.Remove(0, length);
        }
    }

    /// <summary>Length 0 waits for more, null passes one character through.</summary>
    private string? Match(bool complete, out int length)
    {
        foreach (var (key, value) in entries)
        {
            if (JoinsWord(last, held[0]) || !StartsAlike(key))
            {
                continue;
            }

            if (held.Length > key.Length || complete)
            {
                if (held.Length >= key.Length && (held.Length == key.Length || !JoinsWord(key[^1], held[key.Length])))
                {
                    length = key.Length;
                    return value;
                }

                continue;
            }

            // What is held may become this key, or the word may go on: the next character tells.
            length = 0;
            return null;
        }

        length = 1;
        return null;
    }

    private bool StartsAlike(string key)
    {
        for (var i = 0; i < Math.Min(key.Length, held.Length); i++)
        {
            var same = key[i] == ' ' ? char.IsWhiteSpace(held[i]) : char.ToLowerInvariant(key[i]) == char.ToLowerInvariant(held[i]);
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private static bool JoinsWord(char left, char right) => IsWordPart(left) && IsWordPart(right);

    private static bool IsWordPart(char c) =>
        char.IsLetterOrDigit(c) && !(Rune.TryCreate(c, out var rune) && WordScript.IsUnspaced(rune));
}

namespace Aico.Host.Calls.Speaking;

/// <summary>Text of an answer from some point on, as far as it has come.</summary>
internal readonly ref struct TextWindow(ReadOnlySpan<char> span, bool complete)
{
    public ReadOnlySpan<char> Span { get; } = span;

    /// <summary>True where nothing follows the text any more: a missing character is then the end, not an unknown.</summary>
    public bool IsComplete { get; } = complete;

    public int Length => Span.Length;

    public char this[int index] => Span[index];

    /// <summary>Whether the character is known, be it only as the end.</summary>
    public bool Knows(int index) => index < Span.Length || IsComplete;

    /// <summary>The character, or '\0' at the end.</summary>
    public char CharAt(int index) => index >= 0 && index < Span.Length ? Span[index] : '\0';

    /// <summary>Index of the first character that is no blank (a line break is one worth seeing), or the text's length.</summary>
    public int SkipBlanks(int index)
    {
        while (index < Span.Length && char.IsWhiteSpace(Span[index]) && Span[index] != '\n')
        {
            index++;
        }

        return index;
    }

    /// <summary>How often the character at the index stands there in a row.</summary>
    public int Run(int index)
    {
        var other = Span[index..].IndexOfAnyExcept(Span[index]);
        return other < 0 ? Span.Length - index : other;
    }

    /// <summary>Index just after the word that starts here; the text's length where it may go on.</summary>
    public int WordEnd(int index)
    {
        while (index < Span.Length && (char.IsLetter(Span[index]) || Span[index] is '\'' or '’'))
        {
            index++;
        }

        return index;
    }

    /// <summary>Index of the first character of the token, bounded by white space, that holds the character before the index.</summary>
    public int TokenStart(int index)
    {
        while (index > 0 && !char.IsWhiteSpace(Span[index - 1]))
        {
            index--;
        }

        return index;
    }
}

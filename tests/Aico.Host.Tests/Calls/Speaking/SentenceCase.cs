namespace Aico.Host.Tests.Calls.Speaking;

/// <summary>The pieces, separated by bars as they are to come out; joined they are the text.</summary>
public sealed record SentenceCase(string? Language, string Marked)
{
    public IReadOnlyList<string> Pieces => Marked.Length == 0 ? [] : Marked.Split('|');

    public string Text => string.Concat(Pieces);

    public override string ToString() => $"{Language}: {Marked.ReplaceLineEndings("\\n")}";
}

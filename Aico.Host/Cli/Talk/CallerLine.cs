namespace Aico.Host.Cli.Talk;

/// <summary>One thing that the caller of <c>aico talk</c> says or types.</summary>
internal abstract record CallerLine
{
    /// <summary>Speech from a file.</summary>
    /// <param name="Source">The file, as it was named.</param>
    /// <param name="Samples">16 kHz mono.</param>
    public sealed record Spoken(string Source, ReadOnlyMemory<short> Samples) : CallerLine;

    /// <summary>Words that are typed.</summary>
    public sealed record Typed(string Text) : CallerLine;
}

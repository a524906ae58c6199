namespace Aico.Host.Calls.Speaking;

internal enum MarkdownLineKind
{
    /// <summary>No mark of a block: the line's text begins here.</summary>
    Text,

    /// <summary>Marks, or a whole line without words, to leave out; the line's start comes after them still. Length 0 waits for more.</summary>
    Mark,
    TableRow,
    Fence,
}

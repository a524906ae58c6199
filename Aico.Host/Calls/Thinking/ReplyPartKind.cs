namespace Aico.Host.Calls.Thinking;

/// <summary>The kinds of <see cref="ReplyPart"/>.</summary>
internal enum ReplyPartKind
{
    Text,
    Flush,
    Drop,
}

namespace Aico.Host.Calls.Thinking;

/// <summary>A piece of the making of an answer.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Text">Its words; empty for what has none.</param>
internal readonly record struct ReplyPart(ReplyPartKind Kind, string Text)
{
    /// <summary>What came so far is to be spoken now.</summary>
    public static ReplyPart Flush { get; } = new(ReplyPartKind.Flush, "");

    /// <summary>What was not sent to be spoken yet is void: its language model failed, and another one says it in its own words.</summary>
    public static ReplyPart Drop { get; } = new(ReplyPartKind.Drop, "");

    public static ReplyPart Of(string text) => new(ReplyPartKind.Text, text);
}

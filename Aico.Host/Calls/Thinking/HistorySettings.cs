namespace Aico.Host.Calls.Thinking;

/// <summary>
/// How much of the conversation the language model is told. Beyond either limit the oldest turns go, whole; the instructions and the
/// latest turn always stay.
/// </summary>
internal sealed record HistorySettings
{
    /// <summary>Messages, tool calls and results among them; zero or less: no limit.</summary>
    public int MaximumMessages { get; init; } = 800;

    /// <summary>
    /// Characters of all messages, arguments and results of tools among them; zero or less: no limit. Two people speak some 9,000
    /// words in an hour, 50,000 characters: a call of an hour is remembered whole, but for what tools return. About 15,000 tokens.
    /// </summary>
    public int MaximumCharacters { get; init; } = 60_000;
}

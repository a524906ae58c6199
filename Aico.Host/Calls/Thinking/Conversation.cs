using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>What was said so far, as the language model sees it: of the agent's answers only what the caller heard, and of a long call only the end. Used by the call's loop only.</summary>
internal sealed class Conversation(Func<string> instructions, HistorySettings limits)
{
    private const double Kept = 0.75;
    private readonly List<ChatMessage> _messages = [];

    public IReadOnlyList<ChatMessage> Messages => _messages;

    public void CallerSaid(string text) => _messages.Add(new ChatMessage(ChatRole.User, text));

    /// <summary>Takes the caller's latest words back, because the turn goes on and comes again with more of them.</summary>
    public void TakeBackCaller()
    {
        if (_messages.Count > 0 && _messages[^1].Role == ChatRole.User)
        {
            _messages.RemoveAt(_messages.Count - 1);
        }
    }

    /// <summary>Adds the tool calls of an answer with their results, then what was heard of its words.</summary>
    public void AgentSaid(IEnumerable<ChatMessage> toolMessages, string heard)
    {
        _messages.AddRange(toolMessages);
        if (heard.Length > 0)
        {
            _messages.Add(new ChatMessage(ChatRole.Assistant, heard));
        }

        if (!Fits(_messages.Count, 0, 1))
        {
            Cut();
        }
    }

    /// <summary>A copy for a request, with the caller's words appended where they are not part of the conversation yet.</summary>
    public List<ChatMessage> Snapshot(string? nextCallerWords)
    {
        var snapshot = new List<ChatMessage>(_messages.Count + 2) { new(ChatRole.System, instructions()) };
        snapshot.AddRange(_messages);
        if (nextCallerWords is not null)
        {
            snapshot.Add(new ChatMessage(ChatRole.User, nextCallerWords));
        }

        return snapshot;
    }

    /// <summary>
    /// Forgets the oldest turns, down to three quarters of the limit: what is left then stays the same for many turns, and so can
    /// providers' caches of it. A turn begins with the caller's words, so that no tool's call loses its result.
    /// </summary>
    private void Cut()
    {
        var cut = 0;
        for (var start = 1; start < _messages.Count && !Fits(_messages.Count - cut, cut, Kept); start++)
        {
            cut = _messages[start].Role == ChatRole.User ? start : cut;
        }

        _messages.RemoveRange(0, cut);
    }

    private bool Fits(int messages, int from, double share) =>
        (limits.MaximumMessages <= 0 || messages <= limits.MaximumMessages * share)
        && (limits.MaximumCharacters <= 0 || _messages.Skip(from).Sum(Length) <= limits.MaximumCharacters * share);

    private static long Length(ChatMessage message) => message.Contents.Sum(content => content switch
    {
        TextContent text => text.Text.Length,
        FunctionCallContent call => call.Name.Length + (call.Arguments?.Sum(argument => argument.Key.Length + (argument.Value?.ToString()?.Length ?? 0)) ?? 0),
        FunctionResultContent result => result.Result?.ToString()?.Length ?? 0,
        _ => 0L,
    });
}

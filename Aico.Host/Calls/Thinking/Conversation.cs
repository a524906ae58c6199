using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>What was said so far, as the language model sees it: of the agent's answers only what the caller heard. Used by the call's loop only.</summary>
internal sealed class Conversation(Func<string> instructions)
{
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
}

using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>
/// The tool calls of one answer as the conversation keeps them: every call has a result, also where the caller interrupted it, since
/// providers refuse a request in which one has none. Safe from any thread.
/// </summary>
internal sealed class ToolRounds
{
    public const string Unfinished = "The caller spoke before the tool had finished. It may or may not have taken effect.";

    private readonly Lock _lock = new();
    private readonly List<ChatMessage> _messages = [];
    private readonly Dictionary<string, FunctionResultContent> _results = [];
    private IReadOnlyList<FunctionCallContent> _pending = [];
    private bool _closed;

    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _messages.Count > 0;
            }
        }
    }

    /// <summary>The model called tools. Its words are left out: the conversation keeps those that were heard.</summary>
    public void Began(IEnumerable<ChatMessage> answer, IReadOnlyList<FunctionCallContent> calls)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            CloseRound();
            foreach (var message in answer)
            {
                var contents = message.Contents.Where(content => content is not TextContent).ToList();
                if (contents.Count > 0)
                {
                    _messages.Add(new ChatMessage(message.Role, contents));
                }
            }

            _pending = calls;
        }
    }

    public void Returned(FunctionResultContent result)
    {
        lock (_lock)
        {
            _results[result.CallId] = result;
        }
    }

    /// <summary>Takes no more and returns all messages.</summary>
    public IReadOnlyList<ChatMessage> Close()
    {
        lock (_lock)
        {
            _closed = true;
            CloseRound();
            return [.. _messages];
        }
    }

    private void CloseRound()
    {
        if (_pending.Count > 0)
        {
            var results = _pending.Select(call => _results.GetValueOrDefault(call.CallId) ?? new FunctionResultContent(call.CallId, Unfinished));
            _messages.Add(new ChatMessage(ChatRole.Tool, [.. results]));
            _pending = [];
        }
    }
}

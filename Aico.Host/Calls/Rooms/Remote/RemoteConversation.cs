using Wire = Aico.Host.LiveKit.Protocol;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>
/// The conversation as chat items. A caller's words become one when it is certain that they stay: a decided turn can be taken back, and
/// come again with more words, until its answer is heard or its tools have run.
/// </summary>
internal sealed class RemoteConversation(RemoteItems items, RemoteSessionSettings settings)
{
    // An answer runs a few tools; what is left of given-up ones must not pile up.
    private const int RememberedTools = 64;

    private readonly Queue<(Wire.ChatContext.Types.ChatItem Item, int Bytes)> _history = new();
    private readonly Dictionary<ToolCallRecord, (Wire.FunctionCall Call, Wire.FunctionCallOutput Output)> _tools =
        new(ReferenceEqualityComparer.Instance);

    private TurnDecided? _open;
    private ReplyStarted? _reply;
    private int _bytes;

    public IEnumerable<Wire.ChatContext.Types.ChatItem> History => _history.Select(entry => entry.Item);

    public void Decided(TurnDecided turn) => _open = turn;

    public void ReplyStarted(ReplyStarted reply) => _reply = reply;

    /// <summary>The words of this turn stay. Returns them as an item the first time; null where there were none.</summary>
    public Wire.ChatContext.Types.ChatItem? Settle(int turn)
    {
        if (_open is not { } open || open.Turn != turn)
        {
            return null;
        }

        _open = null;
        return Keep(items.Caller(open));
    }

    /// <summary>A tool's call and result. Each record is seen twice, by its own event and in its turn, in either order, and is the same both times.</summary>
    public (Wire.FunctionCall Call, Wire.FunctionCallOutput Output) Tool(ToolCallRecord tool)
    {
        if (_tools.Remove(tool, out var known))
        {
            return known;
        }

        if (_tools.Count == RememberedTools)
        {
            _tools.Clear();
        }

        return _tools[tool] = items.Tool(tool);
    }

    /// <summary>Takes the agent's side of a turn. Returns what it did and said, in this order.</summary>
    public IReadOnlyList<Wire.ChatContext.Types.ChatItem> Complete(TurnCompleted completed)
    {
        var turn = completed.Turn;
        var added = new List<Wire.ChatContext.Types.ChatItem>();
        foreach (var tool in settings.ShowsInternals ? turn.ToolCalls : [])
        {
            var (call, output) = Tool(tool);
            added.Add(Keep(new Wire.ChatContext.Types.ChatItem { FunctionCall = call }));
            added.Add(Keep(new Wire.ChatContext.Types.ChatItem { FunctionCallOutput = output }));
        }

        if (turn.HeardText.Length > 0)
        {
            added.Add(Keep(items.Agent(turn, _reply?.Turn == turn.Number ? _reply.At : null, completed.At)));
        }

        return added;
    }

    private Wire.ChatContext.Types.ChatItem Keep(Wire.ChatContext.Types.ChatItem item)
    {
        var bytes = item.CalculateSize();
        _history.Enqueue((item, bytes));
        _bytes += bytes;
        while (_bytes > settings.MaximumHistoryBytes)
        {
            _bytes -= _history.Dequeue().Bytes;
        }

        return item;
    }
}

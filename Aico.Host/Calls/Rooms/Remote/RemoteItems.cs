using Google.Protobuf.WellKnownTypes;
using Wire = Aico.Host.LiveKit.Protocol;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>Makes chat items, numbered through the call.</summary>
internal sealed class RemoteItems(RemoteClock clock)
{
    // Beyond this nobody reads in a history, and one tool's result must not push out the conversation.
    private const int LongestText = 8192;

    private int _items;
    private int _calls;

    public Wire.ChatContext.Types.ChatItem Caller(TurnDecided turn)
    {
        var message = Message(Wire.ChatRole.User, turn.Text, turn.At);
        if (turn.Delay > TimeSpan.Zero)
        {
            message.Metrics = new Wire.MetricsReport { EndOfTurnDelay = turn.Delay.TotalSeconds };
        }

        return new Wire.ChatContext.Types.ChatItem { Message = message };
    }

    /// <param name="turn">A turn of which something was heard.</param>
    /// <param name="made">When its answer was begun to be made, where that is known.</param>
    /// <param name="completed">When it was over.</param>
    public Wire.ChatContext.Types.ChatItem Agent(TurnRecord turn, TimeSpan? made, TimeSpan completed)
    {
        var message = Message(Wire.ChatRole.Assistant, turn.HeardText, turn.AgentStart ?? completed);
        message.Interrupted = turn.Interrupted;
        message.Metrics = Metrics(turn, made);
        return new Wire.ChatContext.Types.ChatItem { Message = message };
    }

    public (Wire.FunctionCall Call, Wire.FunctionCallOutput Output) Tool(ToolCallRecord tool)
    {
        var callId = $"call_{++_calls}";
        var call = new Wire.FunctionCall
        {
            Id = NextId(),
            CallId = callId,
            Name = tool.Name,
            Arguments = Cut(tool.Arguments),
            CreatedAt = clock.At(tool.Started),
        };
        var output = new Wire.FunctionCallOutput
        {
            Id = NextId(),
            CallId = callId,
            Name = tool.Name,
            Output = Cut(tool.Error ?? tool.Result ?? ""),
            IsError = tool.Error is not null,
            CreatedAt = clock.At(tool.Ended),
        };
        return (call, output);
    }

    private Wire.ChatMessage Message(Wire.ChatRole role, string text, TimeSpan at)
    {
        var message = new Wire.ChatMessage { Id = NextId(), Role = role, CreatedAt = clock.At(at) };
        message.Content.Add(new Wire.ChatMessage.Types.ChatContent { Text = Cut(text) });
        return message;
    }

    private Wire.MetricsReport Metrics(TurnRecord turn, TimeSpan? made)
    {
        var timings = turn.Timings;
        var metrics = new Wire.MetricsReport { StartedSpeakingAt = At(turn.AgentStart), StoppedSpeakingAt = At(turn.AgentEnd) };
        if (timings.FirstToken - made is { } firstToken)
        {
            metrics.LlmNodeTtft = firstToken.TotalSeconds;
        }

        if (timings.FirstAudio - timings.FirstSentence is { } firstAudio)
        {
            metrics.TtsNodeTtfb = firstAudio.TotalSeconds;
        }

        if (timings.VoiceToVoice is { } latency)
        {
            metrics.E2ELatency = latency.TotalSeconds;
        }

        return metrics;
    }

    private Timestamp? At(TimeSpan? at) => at is { } time ? clock.At(time) : null;

    private string NextId() => $"item_{++_items}";

    private static string Cut(string text) =>
        text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText), "…");
}

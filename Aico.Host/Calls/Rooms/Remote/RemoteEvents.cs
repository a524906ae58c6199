using Wire = Aico.Host.LiveKit.Protocol;
using WireEvent = Aico.Host.LiveKit.Protocol.AgentSessionEvent;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>Turns what happens in the call into events of the remote session.</summary>
internal sealed class RemoteEvents(
    RemoteSessionSettings settings, RemoteClock clock, RemoteConversation conversation, RemoteUsage usage, Action<WireEvent> emit)
{
    private Wire.AgentSessionUsage? _told;
    private string _words = "";
    private TimeSpan? _overlap;
    private bool _isPlaying;

    public Wire.AgentState Agent { get; private set; } = Wire.AgentState.AsInitializing;

    public Wire.UserState Caller { get; private set; } = Wire.UserState.UsListening;

    /// <summary>Returns what a completed turn has added of the agent's side; nothing for other events.</summary>
    public IReadOnlyList<Wire.ChatContext.Types.ChatItem> On(CallEvent callEvent)
    {
        usage.On(callEvent);
        switch (callEvent)
        {
            case AgentStateChanged changed when Of(changed.State) != Agent:
                var agent = new WireEvent.Types.AgentStateChanged { OldState = Agent, NewState = Agent = Of(changed.State) };
                Emit(callEvent, new WireEvent { AgentStateChanged = agent });
                break;
            case CallerStateChanged changed:
                var caller = new WireEvent.Types.UserStateChanged { OldState = Caller, NewState = Caller = Of(changed.State) };
                Emit(callEvent, new WireEvent { UserStateChanged = caller });
                break;
            case CallerTextChanged text when text.Text.Length > 0 || _words.Length > 0:
                // Noise is transcribed too, as nothing: only words that are taken back have to be told empty.
                _words = text.IsFinal ? "" : text.Text;
                Emit(callEvent, new WireEvent { UserInputTranscribed = Words(text) });
                break;
            case TurnDecided turn:
                conversation.Decided(turn);
                break;
            case ReplyStarted reply:
                conversation.ReplyStarted(reply);
                break;
            case ToolCalled tool:
                Settle(tool, tool.Turn);
                Tell(tool);
                break;
            case StageFailed failed:
                var message = settings.ShowsInternals ? $"{failed.Stage} ({failed.Provider}): {failed.Message}" : $"{failed.Stage} failed.";
                Emit(callEvent, new WireEvent { Error = new WireEvent.Types.Error { Message = message } });
                break;
            case TurnCompleted completed:
                return Complete(completed);
            default:
                FollowOverlap(callEvent);
                break;
        }

        return [];
    }

    private static Wire.AgentState Of(AgentState state) => state switch
    {
        AgentState.Listening => Wire.AgentState.AsListening,
        AgentState.Thinking => Wire.AgentState.AsThinking,
        AgentState.Speaking => Wire.AgentState.AsSpeaking,
        _ => Wire.AgentState.AsInitializing,
    };

    private static Wire.UserState Of(CallerState state) => state switch
    {
        CallerState.Speaking => Wire.UserState.UsSpeaking,
        CallerState.Away => Wire.UserState.UsAway,
        _ => Wire.UserState.UsListening,
    };

    private WireEvent.Types.UserInputTranscribed Words(CallerTextChanged text)
    {
        var words = new WireEvent.Types.UserInputTranscribed { Transcript = text.Text, IsFinal = text.IsFinal };
        if (settings.Agent().Language is { } language)
        {
            words.Language = language;
        }

        return words;
    }

    private void Settle(CallEvent callEvent, int turn)
    {
        if (conversation.Settle(turn) is { } item)
        {
            Added(callEvent, item);
        }
    }

    private void Tell(ToolCalled tool)
    {
        if (!settings.ShowsInternals)
        {
            return;
        }

        var (call, output) = conversation.Tool(tool.Call);
        var executed = new WireEvent.Types.FunctionToolsExecuted();
        executed.FunctionCalls.Add(call);
        executed.FunctionCallOutputs.Add(output);
        Emit(tool, new WireEvent { FunctionToolsExecuted = executed });
    }

    private IReadOnlyList<Wire.ChatContext.Types.ChatItem> Complete(TurnCompleted completed)
    {
        Settle(completed, completed.Turn.Number);
        var added = conversation.Complete(completed);
        foreach (var item in added.Where(item => item.Message is not null))
        {
            // As with other agents of the protocol, tools are told by their own event only.
            Added(completed, item);
        }

        var used = usage.ToWire();
        if (!used.Equals(_told))
        {
            _told = used;
            Emit(completed, new WireEvent { SessionUsageUpdated = new WireEvent.Types.SessionUsageUpdated { Usage = used } });
        }

        return added;
    }

    /// <summary>Speech of the caller while the agent is heard, and what came of it.</summary>
    private void FollowOverlap(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case PlaybackStarted started:
                _isPlaying = true;
                _overlap = null;
                Settle(callEvent, started.Turn);
                break;
            case VoiceStarted voice when _isPlaying:
                _overlap = voice.Start;
                break;
            case PlaybackResumed:
                Overlapped(callEvent, isInterruption: false);
                var resumed = new WireEvent.Types.AgentFalseInterruption { Resumed = true };
                Emit(callEvent, new WireEvent { AgentFalseInterruption = resumed });
                break;
            case PlaybackEnded ended:
                _isPlaying = false;
                if (ended.Interrupted)
                {
                    Overlapped(callEvent, isInterruption: true);
                }

                break;
        }
    }

    private void Overlapped(CallEvent callEvent, bool isInterruption)
    {
        if (_overlap is not { } start)
        {
            return;
        }

        _overlap = null;
        var overlap = new WireEvent.Types.OverlappingSpeech
        {
            IsInterruption = isInterruption,
            OverlapStartedAt = clock.At(start),
            DetectionDelay = (callEvent.At - start).TotalSeconds,
            DetectedAt = clock.At(callEvent.At),
        };
        Emit(callEvent, new WireEvent { OverlappingSpeech = overlap });
    }

    private void Added(CallEvent callEvent, Wire.ChatContext.Types.ChatItem item) =>
        Emit(callEvent, new WireEvent { ConversationItemAdded = new WireEvent.Types.ConversationItemAdded { Item = item } });

    private void Emit(CallEvent callEvent, WireEvent wire)
    {
        wire.CreatedAt = clock.At(callEvent.At);
        emit(wire);
    }
}

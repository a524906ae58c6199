using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>Tells from a call's events whether the agent still owes something. Safe from any thread.</summary>
internal sealed class CallProgress : ICallObserver
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _openTurns = [];
    private AgentState _agent = AgentState.Initializing;
    private bool _callerSpeaks;
    private bool _undecidedSpeech;
    private bool _playing;

    /// <summary>Turns that came to their end, the greeting among them.</summary>
    public int CompletedTurns { get; private set; }

    /// <summary>When the agent last began to speak; null before it ever did.</summary>
    public TimeSpan? PlaybackStarted { get; private set; }

    public TimeSpan LastEvent { get; private set; }

    public bool IsListening
    {
        get
        {
            lock (_lock)
            {
                return _agent == AgentState.Listening;
            }
        }
    }

    /// <summary>True where the agent listens, plays nothing, and everything that was heard has been answered.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _agent == AgentState.Listening && !_callerSpeaks && !_undecidedSpeech && !_playing && _openTurns.Count == 0;
            }
        }
    }

    public void On(CallEvent callEvent)
    {
        lock (_lock)
        {
            LastEvent = callEvent.At;
            switch (callEvent)
            {
                case AgentStateChanged changed:
                    _agent = changed.State;
                    break;
                case VoiceStarted:
                    _callerSpeaks = true;
                    break;
                case VoiceEnded:
                    _callerSpeaks = false;
                    _undecidedSpeech = true;
                    break;
                case TurnDecided decided:
                    _undecidedSpeech = false;
                    _openTurns.Add(decided.Turn);
                    break;
                case PlaybackStarted started:
                    _playing = true;
                    PlaybackStarted = started.At;
                    break;
                case PlaybackEnded:
                    _playing = false;
                    break;
                case TurnCompleted completed:
                    // A turn that came before one that is complete is over too, whatever became of it.
                    _openTurns.RemoveWhere(turn => turn <= completed.Turn.Number);
                    CompletedTurns++;
                    break;
            }
        }
    }
}

using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// One call over a room: the call's transport and its observer. The session runs it; the room's presence tells it what happens there
/// and ends it.
/// </summary>
internal sealed partial class RoomConversation : ICallTransport, ICallObserver, IAsyncDisposable
{
    private const string StateAttribute = "lk.agent.state";

    private readonly RoomSession _session;
    private readonly RoomServices _services;
    private readonly CallerKeys _keys;
    private readonly CallLogScope _scope;
    private readonly List<IRoomExtension> _extensions = [];
    private RoomEntry? _room;
    private TranscriptOutbox? _outbox;
    private ICallObserver[] _observers;

    public RoomConversation(RoomSession session, RoomServices services, AgentLease lease, RoomCall entry)
    {
        (_session, _services, Lease, Entry) = (session, services, lease, entry);
        var identity = new CallIdentity(lease.OrganizationId, entry.Id);
        _observers = services.Recorder is { } recorder ? [entry, recorder(identity)] : [entry];
        _scope = new CallLogScope(identity, entry.RoomName);
        Hearing = new CallerHearing(new CallClock(services.Time));
        var providers = lease.Providers with
        {
            SpeechToText = lease.Room.HearsAudio ? lease.Providers.SpeechToText : null,
            TextToSpeech = lease.Room.SpeaksAudio ? lease.Providers.TextToSpeech : null,
        };
        Call = new Call(identity, lease.Agent, providers, this, this, services.Time, services.Loggers);
        _keys = new CallerKeys(services.Time, Call.SendText);
        entry.Serves(lease, null);
        entry.Audio.ReadsFrom(
            () => _room?.Presence.TakeLongestWait() ?? TimeSpan.Zero, () => (Call.DroppedFrames + (_room?.Presence.DroppedFrames ?? 0), _session.Voice.DroppedFrames));
        entry.EndsBy(() => Call.End(CallEndReason.EndedByRequest));
    }

    public Call Call { get; }

    public AgentLease Lease { get; }

    public RoomCall Entry { get; }

    public CallerHearing Hearing { get; }

    public bool FollowsSpeech => Lease.Room is { SendsTranscripts: true, SpeaksAudio: true };

    public AudioFormat OutputFormat => AgentVoice.Format;

    // Text goes on without audio, and the room says when the caller has left.
    public bool EndsWithAudio => false;

    public bool IsHearable => _room!.Presence.IsHearable;

    public async Task<CallEndReason> RunAsync(CancellationToken drain, CancellationToken ct)
    {
        var logger = _services.Loggers.CreateLogger<RoomConversation>();
        using var scope = logger.BeginScope(_scope);
        var began = _services.Time.GetTimestamp();
        LogBegan(logger, Entry.Id, Lease.OrganizationId, Entry.RoomName, Lease.ConfigurationVersion);
        await using var draining = drain.Register(() => Call.Leave(CallEndReason.HostShutdown));
        var reason = await Call.RunAsync(ct);
        LogEnded(logger, Entry.Id, reason, _services.Time.GetElapsedTime(began).TotalSeconds, Entry.Info.Turns.Count);
        if (reason == CallEndReason.Failed && Lease.Agent is { FailureEnding: FailureEnding.Transfer, FailureTransferTo: { } target })
        {
            await HandOnAsync(target, ct);
        }

        return reason;
    }

    /// <summary>The agent cannot help any more: somebody else can. Where that fails too the call ends as it would have.</summary>
    private async Task HandOnAsync(string target, CancellationToken ct)
    {
        if (_room?.Presence.Caller is not { Kind: ParticipantKind.Sip } caller || _services.Administration is not { } administration || TransferAddress.Of(target) is not { } address)
        {
            return;
        }

        try
        {
            await administration.TransferAsync(_room.Room.Name, caller.Identity, address, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotTransferred(_services.Loggers.CreateLogger<RoomConversation>(), e, Entry.Id);
        }
    }

    public ValueTask<AgentSettings> MeetCallerAsync(AgentSettings agent, CancellationToken ct) => _session.MeetCallerAsync(this, agent, ct);

    /// <summary>The agent is in the room: from here on frontends see the call.</summary>
    public void Enters(RoomEntry room)
    {
        _room = room;
        var presence = room.Presence;
        if (Lease.Room.SendsTranscripts)
        {
            _outbox = new TranscriptOutbox(room.Room, Lease.Agent.Language ?? "", _services.Time, _services.Loggers.CreateLogger<TranscriptOutbox>());
            Add(new RoomTranscripts(
                Entry.Id,
                () => (room.Room.Local.Identity, _session.Voice.TrackSid),
                () => (presence.CallerIdentity, presence.CallerTrackSid),
                Lease.Room.SpeaksAudio,
                _outbox.Post));
        }

        var access = new RoomCallAccess { Room = room.Room, Lease = Lease, Info = () => Entry.Info, SendText = Call.SendText };
        foreach (var factory in _services.Extensions)
        {
            var extension = factory.Open(access);
            _extensions.Add(extension);
            Add(extension);
        }

        presence.Serve(this);
    }

    /// <summary>The agent as the caller meets it: what is known of the caller stands in its words, and its tools are those for such a caller.</summary>
    public AgentSettings For(RoomParticipant caller)
    {
        var facts = CallerFacts.Of(caller);
        var agent = Lease.Agent;
        var tools = new List<AIFunction>(agent.Tools);
        if (caller.Kind == ParticipantKind.Sip)
        {
            tools.Add(new SendDtmfTool(_room!.Room, _services.Time));
            if (_services.Administration is { } administration)
            {
                tools.Add(new TransferCallTool(administration, _room.Room.Name, caller.Identity, Lease.Room.TransferTargets));
            }
        }

        return agent with
        {
            Instructions = CallerFacts.Fill(agent.Instructions, facts),
            Greeting = agent.Greeting is { } greeting ? CallerFacts.Fill(greeting, facts) : null,
            Tools = tools,
            ToolContext = () => Facts(caller),
        };
    }

    public IAsyncEnumerable<AudioFrame> ReadCallerAsync(CancellationToken ct)
    {
        if (!Lease.Room.HearsAudio)
        {
            Hearing.Dispose();
        }

        return Hearing.Timeline.ReadAsync(ct);
    }

    public void Play(AudioFrame frame)
    {
        Entry.Audio.Plays(frame.Offset, frame.Duration);
        _session.Voice.Play(frame.Samples);
    }

    public void ClearPlayback()
    {
        Entry.Audio.Breaks();
        _session.Voice.Clear();
    }

    /// <summary>The caller typed.</summary>
    public void Types(string? text)
    {
        if (Lease.Room.TakesText && !string.IsNullOrWhiteSpace(text))
        {
            Call.SendText(text);
        }
    }

    /// <summary>The caller pressed a telephone key.</summary>
    public void Presses(string key)
    {
        if (_keys.Press(key))
        {
            Call.PressKey(key);
        }
    }

    public void On(CallEvent callEvent)
    {
        if (callEvent is AgentStateChanged { State: not AgentState.Initializing } changed)
        {
            _room!.Attributes.Set(StateAttribute, changed.State.ToString().ToLowerInvariant());
        }

        if (callEvent is PlaybackEnded or AgentStateChanged { State: AgentState.Thinking })
        {
            // Also where nothing was there to be said for a while, such as during a tool call: that silence is no late audio.
            Entry.Audio.Breaks();
        }

        _scope.On(callEvent);
        foreach (var observer in Volatile.Read(ref _observers))
        {
            observer.On(callEvent);
        }
    }

    public void On(RoomEvent roomEvent)
    {
        foreach (var extension in _extensions)
        {
            extension.On(roomEvent);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _room?.Presence.Serve(null);
        Hearing.Dispose();
        _keys.Dispose();
        foreach (var extension in _extensions)
        {
            await extension.DisposeAsync();
        }

        await (_outbox?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private void Add(ICallObserver observer) => Volatile.Write(ref _observers, [.. _observers, observer]);

    private Dictionary<string, string> Facts(RoomParticipant caller) =>
        new(CallerFacts.Of(_room!.Presence.Caller ?? caller)) { ["caller.keys"] = _keys.All };

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {CallId} of {Organization} begins in room {RoomName}, configuration {Version}")]
    private static partial void LogBegan(ILogger logger, string callId, string organization, string roomName, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Call {CallId} has ended: {Reason}, after {Seconds:0.0} s and {Turns} turns")]
    private static partial void LogEnded(ILogger logger, string callId, CallEndReason reason, double seconds, int turns);

    [LoggerMessage(Level = LogLevel.Error, Message = "Call {CallId}: the caller of a call that failed could not be transferred")]
    private static partial void LogNotTransferred(ILogger logger, Exception e, string callId);
}

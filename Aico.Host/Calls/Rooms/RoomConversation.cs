using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// One call over a room: the call's transport and its observer. The session starts it, tells it what happens in the room and ends it.
/// </summary>
internal sealed class RoomConversation : ICallTransport, ICallObserver, IDisposable
{
    private readonly RoomSession _session;
    private readonly RoomCall _entry;
    private readonly CallerTimeline _timeline;
    private readonly Lock _lock = new();
    private ICallObserver[] _observers = [];

    public RoomConversation(RoomSession session, RoomServices services, AgentLease lease, RoomCall entry)
    {
        (_session, _entry, Lease) = (session, entry, lease);
        _timeline = new CallerTimeline(new CallClock(services.Time));
        var providers = lease.Providers with
        {
            SpeechToText = lease.Room.HearsAudio ? lease.Providers.SpeechToText : null,
            BatchSpeechToText = lease.Room.HearsAudio ? lease.Providers.BatchSpeechToText : null,
            TextToSpeech = lease.Room.SpeaksAudio ? lease.Providers.TextToSpeech : null,
        };
        Call = new Call(new CallIdentity(lease.OrganizationId, entry.Id), lease.Agent, providers, this, this, services.Time, services.Loggers);
        entry.Serves(lease, null);
        entry.EndsBy(() => Call.End(CallEndReason.EndedByRequest));
    }

    public Call Call { get; }

    public AgentLease Lease { get; }

    public RoomCall Entry => _entry;

    public bool FollowsSpeech => Lease.Room.SendsTranscripts;

    public AudioFormat OutputFormat => AgentVoice.Format;

    // Text goes on without audio, and the session knows when the caller has left.
    public bool EndsWithAudio => false;

    public bool IsHearable => _session.IsHearable;

    public async Task<CallEndReason> RunAsync(CancellationToken drain, CancellationToken ct)
    {
        await using var draining = drain.Register(() => Call.Leave(CallEndReason.HostShutdown));
        return await Call.RunAsync(ct);
    }

    /// <summary>Another wants to see the call's events; it sees those from now on.</summary>
    public void Add(ICallObserver observer)
    {
        lock (_lock)
        {
            _observers = [.. _observers, observer];
        }
    }

    public ValueTask<AgentSettings> MeetCallerAsync(AgentSettings agent, CancellationToken ct) => _session.MeetCallerAsync(this, agent, ct);

    public IAsyncEnumerable<AudioFrame> ReadCallerAsync(CancellationToken ct)
    {
        if (!Lease.Room.HearsAudio)
        {
            _timeline.Dispose();
        }

        return _timeline.ReadAsync(ct);
    }

    public CallerTimeline Timeline => _timeline;

    public void Play(AudioFrame frame) => _session.Voice.Play(frame.Samples);

    public void ClearPlayback() => _session.Voice.Clear();

    public void On(CallEvent callEvent)
    {
        _entry.On(callEvent);
        if (callEvent is AgentStateChanged changed)
        {
            _session.AgentIs(changed.State);
        }

        foreach (var observer in Volatile.Read(ref _observers))
        {
            observer.On(callEvent);
        }
    }

    public void Dispose() => _timeline.Dispose();
}

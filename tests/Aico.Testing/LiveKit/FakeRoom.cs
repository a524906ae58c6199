using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Host.Calls;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.Calls;

namespace Aico.Testing.LiveKit;

/// <summary>
/// A room in memory on a manual clock: the test says who comes, speaks and leaves, and looks at what the agent did. The caller's
/// audio is that of a <see cref="ScriptedCaller"/>, which also keeps what is heard of the agent.
/// </summary>
internal sealed class FakeRoom(ScriptedCaller caller, TimeProvider time) : IRoom, IRoomConnector
{
    public const string Agent = "agent-1";

    private readonly long _started = time.GetTimestamp();
    private readonly List<RoomParticipant> _participants = [];
    private readonly Channel<RoomEvent> _events = Channel.CreateBounded<RoomEvent>(1000);
    private readonly Dictionary<string, FakeReceivedAudio> _audio = [];
    private int _sids;

    public TimeSpan ConnectDelay { get; set; }

    public RoomException? ConnectFailure { get; set; }

    public RoomConnectRequest? Request { get; private set; }

    /// <summary>True: whoever is in the room hears the agent as soon as it publishes.</summary>
    public bool SubscribesToAgent { get; set; } = true;

    /// <summary>True: the media of a track comes as soon as it is asked for.</summary>
    public bool DeliversTracks { get; set; } = true;

    public TimeSpan AttributeDelay { get; set; }

    public TimeSpan TextDelay { get; set; }

    /// <summary>Failures of the next writes of attributes; null lets that one succeed.</summary>
    public Queue<RoomException?> AttributeFailures { get; } = new();

    public List<(TimeSpan At, string Name, string Value)> Attributes { get; } = [];

    public List<FakeText> Texts { get; } = [];

    public List<(TimeSpan At, RoomTranscription Transcription)> Transcriptions { get; } = [];

    public List<(TimeSpan At, string Digit)> SentKeys { get; } = [];

    public List<string> Subscribed { get; } = [];

    public FakePublishedAudio? Voice { get; private set; }

    public bool IsLeft { get; private set; }

    public bool IsDisposed { get; private set; }

    public string Sid => "RM_1";

    public string Name { get; set; } = "demo";

    public string Metadata { get; set; } = "";

    /// <summary>What the token brought.</summary>
    public IReadOnlyDictionary<string, string> LocalAttributes { get; set; } = new Dictionary<string, string>();

    public RoomParticipant Local => new() { Sid = "PA_agent", Identity = Agent, Kind = ParticipantKind.Agent, Attributes = LocalAttributes };

    public IReadOnlyList<RoomParticipant> Participants => [.. _participants];

    public TimeSpan Now => time.GetElapsedTime(_started);

    public IReadOnlyList<string> States => [.. Attributes.Where(attribute => attribute.Name == "lk.agent.state").Select(attribute => attribute.Value)];

    public async Task<IRoom> ConnectAsync(RoomConnectRequest request, CancellationToken ct)
    {
        Request = request;
        await Task.Delay(ConnectDelay, time, ct);
        return ConnectFailure is null ? this : throw ConnectFailure;
    }

    /// <summary>Somebody comes, with a microphone unless it is said otherwise. Returns the track's sid.</summary>
    public string Joins(
        string identity, ParticipantKind kind = ParticipantKind.Standard, bool hasMicrophone = true, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var track = new RoomTrack($"TR_{++_sids}", "microphone", TrackKind.Audio, TrackSource.Microphone, IsMuted: false);
        var participant = new RoomParticipant
        {
            Sid = $"PA_{_sids}",
            Identity = identity,
            Kind = kind,
            Attributes = attributes ?? new Dictionary<string, string>(),
            Tracks = hasMicrophone ? [track] : [],
        };
        _participants.Add(participant);
        Raise(new RoomEvent.ParticipantJoined(participant));
        return track.Sid;
    }

    public void Leaves(string identity, RoomDisconnectReason reason = RoomDisconnectReason.ClientInitiated)
    {
        var participant = Find(identity);
        _participants.Remove(participant);
        foreach (var track in participant.Tracks)
        {
            Ends(track.Sid);
        }

        Raise(new RoomEvent.ParticipantLeft(participant, reason));
    }

    public void Changes(string identity, Func<RoomParticipant, RoomParticipant> change)
    {
        Replace(identity, change);
        Raise(new RoomEvent.ParticipantChanged(Find(identity)));
    }

    public void Publishes(string identity, RoomTrack track)
    {
        Replace(identity, participant => participant with { Tracks = [.. participant.Tracks, track] });
        Raise(new RoomEvent.TrackPublished(identity, track));
    }

    public void Unpublishes(string identity, string trackSid)
    {
        Replace(identity, participant => participant with { Tracks = [.. participant.Tracks.Where(track => track.Sid != trackSid)] });
        Ends(trackSid);
        Raise(new RoomEvent.TrackUnpublished(identity, trackSid));
    }

    /// <summary>A muted track brings no audio at all here, not even silence.</summary>
    public void Mutes(string identity, string trackSid, bool isMuted)
    {
        Replace(identity, participant => participant with
        {
            Tracks = [.. participant.Tracks.Select(track => track.Sid == trackSid ? track with { IsMuted = isMuted } : track)],
        });
        if (_audio.TryGetValue(trackSid, out var audio))
        {
            audio.IsMuted = isMuted;
        }

        Raise(new RoomEvent.TrackMuteChanged(identity, Find(identity).Tracks.Single(track => track.Sid == trackSid)));
    }

    public void Types(string identity, string text, string topic = "lk.chat") =>
        Raise(new RoomEvent.TextReceived(identity, topic, text, new Dictionary<string, string>()));

    public void HearsAgent() => Raise(new RoomEvent.LocalTrackSubscribed(Voice!.TrackSid));

    public void Ends(RoomDisconnectReason reason)
    {
        Raise(new RoomEvent.Disconnected(reason));
        _events.Writer.TryComplete();
        IsLeft = true;
    }

    public void Raise(RoomEvent roomEvent) => _events.Writer.TryWrite(roomEvent);

    public IAsyncEnumerable<RoomEvent> ReadEventsAsync(CancellationToken ct) => _events.Reader.EachAsync(ct);

    public async Task<IPublishedAudio> PublishAudioAsync(string name, TrackSource source, AudioFormat format, TimeSpan queue, CancellationToken ct)
    {
        await Task.Yield();
        Voice = new FakePublishedAudio(caller, this, name, source, format, queue);
        if (SubscribesToAgent && _participants.Count > 0)
        {
            HearsAgent();
        }

        return Voice;
    }

    public void SetSubscribed(string trackSid, bool isSubscribed)
    {
        Subscribed.Add((isSubscribed ? "+" : "-") + trackSid);
        if (isSubscribed && DeliversTracks)
        {
            Delivers(trackSid);
        }
    }

    public void Delivers(string trackSid)
    {
        var publisher = _participants.Single(participant => participant.Tracks.Any(track => track.Sid == trackSid));
        Raise(new RoomEvent.TrackSubscribed(publisher.Identity, trackSid));
    }

    public IReceivedAudio OpenAudio(string trackSid, AudioFormat format, TimeSpan frame, RoomAudioProcessing processing) =>
        _audio[trackSid] = new FakeReceivedAudio(caller, this, time, format, frame)
        {
            IsMuted = _participants.SelectMany(participant => participant.Tracks).Single(track => track.Sid == trackSid).IsMuted,
        };

    public async Task SetAttributesAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct)
    {
        await Task.Delay(AttributeDelay, time, ct);
        if (AttributeFailures.TryDequeue(out var failure) && failure is not null)
        {
            throw failure;
        }

        Attributes.AddRange(attributes.Select(attribute => (Now, attribute.Key, attribute.Value)));
    }

    public async Task SendTextAsync(RoomText stream, string text, CancellationToken ct)
    {
        await Task.Delay(TextDelay, time, ct);
        Texts.Add(new FakeText(stream, Now) { Text = text, IsClosed = true });
    }

    public async Task<IRoomTextWriter> OpenTextAsync(RoomText stream, CancellationToken ct)
    {
        await Task.Delay(TextDelay, time, ct);
        var text = new FakeText(stream, Now);
        Texts.Add(text);
        return new FakeTextWriter(this, text);
    }

    public Task SendBytesAsync(RoomText stream, string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => Task.CompletedTask;

    public async Task PublishTranscriptionAsync(RoomTranscription transcription, CancellationToken ct)
    {
        await Task.Yield();
        Transcriptions.Add((Now, transcription));
    }

    public async Task SendDtmfAsync(uint code, string digit, CancellationToken ct)
    {
        await Task.Yield();
        SentKeys.Add((Now, digit));
    }

    public void RegisterRpc(string method)
    {
    }

    public Task AnswerRpcAsync(ulong invocationId, string? payload, string? error, CancellationToken ct) => Task.CompletedTask;

    public async Task DisconnectAsync(CancellationToken ct)
    {
        await Task.Yield();
        if (!IsLeft)
        {
            Ends(RoomDisconnectReason.ClientInitiated);
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        IsLeft = true;
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private RoomParticipant Find(string identity) => _participants.Single(participant => participant.Identity == identity);

    private void Replace(string identity, Func<RoomParticipant, RoomParticipant> change)
    {
        var index = _participants.FindIndex(participant => participant.Identity == identity);
        _participants[index] = change(_participants[index]);
    }

    private void Ends(string trackSid)
    {
        if (_audio.Remove(trackSid, out var audio))
        {
            audio.End();
        }
    }
}

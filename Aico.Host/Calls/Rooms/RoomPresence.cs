using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Who is in the room, who of them is the caller, and whether the two can hear each other; tells the conversation what changes. One
/// loop reads the room's events (<see cref="FollowAsync"/>, until the room is left); all of it happens under the lock.
/// </summary>
internal sealed partial class RoomPresence(IRoom room, JobWish wish, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // A frontend subscribes within a round trip or two of the publication; one that takes no audio gets its text all the same.
    private static readonly TimeSpan SubscriptionTimeout = TimeSpan.FromSeconds(5);

    // What is typed while the providers are made waits for the conversation.
    private const int MaximumTyped = 10;

    private readonly Lock _lock = new();
    private readonly Queue<string> _typed = new();
    private readonly CallerLink _link = new(room.Local.Identity, wish.CallerIdentity);
    private readonly CallerMicrophone _microphone = new(room, logger);
    private readonly EarlyAudio _early = new(time, logger);
    private readonly SingleTimer _timer = new(time);
    private readonly PresenceCondition _condition = new(time);
    private volatile RoomConversation? _conversation;
    private bool _isHeard;
    private bool _isReconnecting;
    private bool _hasMet;

    public RoomParticipant? Caller => Locked(() => _link.Caller);

    public string? CallerIdentity => Locked(() => _link.Identity);

    public string? CallerTrackSid => Locked(() => _microphone.Track?.Sid);

    /// <summary>How long the caller's audio has waited for its reader at most, since the last question.</summary>
    public TimeSpan TakeLongestWait() => _microphone.TakeLongestWait();

    /// <summary>Frames of the caller that were dropped because the host did not keep up.</summary>
    public long DroppedFrames => _microphone.DroppedFrames;

    /// <summary>False while nobody would hear the agent.</summary>
    public bool IsHearable => Locked(Hearable);

    /// <summary>Sees who is there already, and from now on what happens, until the room is left.</summary>
    public async Task FollowAsync()
    {
        lock (_lock)
        {
            foreach (var participant in room.Participants)
            {
                Sees(participant);
            }
        }

        await foreach (var roomEvent in room.ReadEventsAsync(CancellationToken.None))
        {
            lock (_lock)
            {
                Handle(roomEvent);
            }

            _condition.Changed();
            _conversation?.On(roomEvent);
        }
    }

    /// <summary>Who is there now is the conversation's caller; null: nobody is talked to.</summary>
    public void Serve(RoomConversation? conversation)
    {
        lock (_lock)
        {
            (_conversation, _hasMet) = (conversation, false);
            if (conversation is null)
            {
                _timer.Stop();
                _microphone.Follow(null);
                return;
            }

            Listen();
            while (_typed.TryDequeue(out var text))
            {
                conversation.Types(text);
            }
        }
    }

    /// <summary>The conversation begins: from here on an absence of the caller counts, and who is not subscribed in time does not hear.</summary>
    public void HasMet()
    {
        lock (_lock)
        {
            _hasMet = true;
            _timer.After(_lock, SubscriptionTimeout, IsHeardAnyway);
        }
    }

    /// <summary>The caller will not come back. Returns true where somebody else is there to be talked to.</summary>
    public bool GoesOnWithAnother()
    {
        lock (_lock)
        {
            _link.Forget();
            return room.Participants.Any(participant => _link.Sees(participant));
        }
    }

    /// <summary>Waits for the caller to be there; a telephone must have been picked up. False: nobody came in time.</summary>
    public Task<bool> CallerIsThereAsync(TimeSpan? limit, CancellationToken ct) => _condition.UntilAsync(_lock, () => _link.IsThere, limit, ct);

    /// <summary>Waits for the caller's audio, where the caller has a microphone.</summary>
    public Task<bool> CanHearAsync(CancellationToken ct) =>
        _condition.UntilAsync(_lock, () => _microphone.Track is null || _microphone.IsOpen, SubscriptionTimeout, ct);

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _timer.Stop();
        }

        await _microphone.DisposeAsync();
    }

    private void Handle(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case RoomEvent.ParticipantJoined joined:
                Sees(joined.Participant);
                break;
            case RoomEvent.ParticipantChanged changed:
                Sees(changed.Participant);
                break;
            case RoomEvent.ParticipantLeft left:
                Loses(left.Participant, left.Reason);
                break;
            case RoomEvent.TrackPublished or RoomEvent.TrackUnpublished or RoomEvent.TrackMuteChanged:
                TracksChanged();
                break;
            case RoomEvent.TrackSubscribed subscribed:
                Opens(subscribed.TrackSid);
                break;
            case RoomEvent.TrackUnsubscribed unsubscribed:
                _microphone.Closes(unsubscribed.TrackSid);
                break;
            case RoomEvent.TrackSubscriptionFailed failed:
                LogNoSubscription(failed.TrackSid, failed.Error);
                break;
            case RoomEvent.LocalTrackSubscribed:
                _isHeard = true;
                TellHearable();
                break;
            case RoomEvent.Reconnecting:
                _isReconnecting = true;
                TellHearable();
                break;
            case RoomEvent.Reconnected:
                _isReconnecting = false;
                _microphone.Insist();
                TellHearable();
                break;
            case RoomEvent.TextReceived { Topic: ChatIn.Topic } text when text.Identity == _link.Identity:
                Typed(text.Text);
                break;
            case RoomEvent.DataReceived { Topic: ChatIn.LegacyTopic } data when data.Identity == _link.Identity:
                Typed(ChatIn.Read(data.Bytes.Span));
                break;
            case RoomEvent.DtmfReceived key when key.Identity == _link.Identity:
                _conversation?.Presses(key.Digit);
                break;
            case RoomEvent.BytesReceived { Topic: PreConnectAudio.Topic } bytes when bytes.Identity == _link.Identity:
                _early.Came(bytes, _microphone.IsOpen ? _conversation?.Hearing : null);
                break;
            case RoomEvent.Disconnected disconnected:
                _conversation?.Call.End(Departure.OfAgent(disconnected.Reason));
                break;
        }
    }

    private void Sees(RoomParticipant participant)
    {
        var wasAway = _link.Caller is null;
        if (participant.Identity == room.Local.Identity || !_link.Sees(participant))
        {
            return;
        }

        Listen();
        if (wasAway && _hasMet)
        {
            _timer.After(_lock, SubscriptionTimeout, IsHeardAnyway);
            TellHearable();
        }
    }

    private void Loses(RoomParticipant participant, RoomDisconnectReason reason)
    {
        if (!_link.Loses(participant))
        {
            return;
        }

        _microphone.Follow(null);
        if (Departure.IsForGood(participant, reason))
        {
            _conversation?.Call.End(Departure.OfCaller(reason));
        }
        else if (_hasMet && _conversation is { } conversation)
        {
            TellHearable();
            _timer.After(_lock, conversation.Lease.Room.CallerTimeout, StayedAway);
        }
    }

    private void StayedAway()
    {
        if (_link.Caller is null)
        {
            _conversation?.Call.End(CallEndReason.CallerLost);
        }
    }

    private void TracksChanged()
    {
        if (room.Participants.FirstOrDefault(one => one.Identity == _link.Identity) is { } caller)
        {
            Sees(caller);
        }
    }

    private void Listen()
    {
        if (_conversation is { Lease.Room.HearsAudio: true } conversation)
        {
            var before = _microphone.Track?.Sid;
            _microphone.Follow(_link.Caller);
            if (before != _microphone.Track?.Sid)
            {
                conversation.Hearing.Closed();
            }
        }
    }

    private void Opens(string trackSid)
    {
        if (_conversation is not { } conversation || !_microphone.Opens(trackSid, conversation.Lease.Room.Processing, conversation.Hearing.Hear))
        {
            return;
        }

        _early.HandTo(conversation.Hearing);
        conversation.Hearing.Opened(_microphone.Track!.IsPreConnect);
    }

    private void Typed(string? text)
    {
        if (_conversation is { } conversation)
        {
            conversation.Types(text);
        }
        else if (text is not null && _typed.Count < MaximumTyped)
        {
            _typed.Enqueue(text);
        }
    }

    private bool Hearable() =>
        _conversation is { Lease.Room.SpeaksAudio: false } || (_isHeard && !_isReconnecting && _link.Caller is not null);

    private void IsHeardAnyway()
    {
        _isHeard = true;
        TellHearable();
    }

    private void TellHearable() => _conversation?.Call.HearableChanged();

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The caller's track {TrackSid} cannot be received: {Reason}")]
    private partial void LogNoSubscription(string trackSid, string reason);
}

using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

internal sealed partial class RoomSession
{
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
            case RoomEvent.TrackPublished published:
                TracksChanged(published.Identity);
                break;
            case RoomEvent.TrackUnpublished unpublished:
                TracksChanged(unpublished.Identity);
                break;
            case RoomEvent.TrackMuteChanged muted:
                TracksChanged(muted.Identity);
                break;
            case RoomEvent.TrackSubscribed subscribed:
                TrackOpened(subscribed.TrackSid);
                break;
            case RoomEvent.TrackUnsubscribed unsubscribed:
                _microphone.Closes(unsubscribed.TrackSid);
                break;
            case RoomEvent.TrackSubscriptionFailed failed:
                LogNoSubscription(failed.TrackSid, failed.Error);
                break;
            case RoomEvent.LocalTrackSubscribed:
                Change(() => _isSubscribed = true);
                break;
            case RoomEvent.Reconnecting:
                Change(() => _isReconnecting = true);
                break;
            case RoomEvent.Reconnected:
                Change(() => _isReconnecting = false);
                break;
            case RoomEvent.TextReceived text when text.Topic == ChatIn.Topic:
                Typed(text.Identity, text.Text);
                break;
            case RoomEvent.DataReceived data when data.Topic == ChatIn.LegacyTopic:
                Typed(data.Identity, ChatIn.Read(data.Bytes.Span));
                break;
            case RoomEvent.Disconnected disconnected:
                _conversation?.Call.End(ReasonOf(disconnected.Reason));
                break;
        }
    }

    private void Sees(RoomParticipant participant)
    {
        var wasAway = _link.Caller is null;
        if (participant.Identity == _room!.Local.Identity || !_link.Sees(participant))
        {
            return;
        }

        Listen();
        if (wasAway && _hasMet)
        {
            _returnTimer?.Dispose();
            Change(() => { });
        }
    }

    private void Loses(RoomParticipant participant, RoomDisconnectReason reason)
    {
        if (!_link.Loses(participant))
        {
            return;
        }

        _microphone.Follow(null);
        if (reason is RoomDisconnectReason.ClientInitiated or RoomDisconnectReason.RoomDeleted or RoomDisconnectReason.UserRejected)
        {
            _conversation?.Call.End(CallEndReason.CallerLeft);
            return;
        }

        if (_hasMet && _conversation is { } conversation)
        {
            Change(() => { });
            _returnTimer = services.Time.CreateTimer(_ => StayedAway(), null, conversation.Lease.Room.CallerTimeout, Timeout.InfiniteTimeSpan);
        }
    }

    private void StayedAway()
    {
        lock (_lock)
        {
            if (_link.Caller is null)
            {
                _conversation?.Call.End(CallEndReason.CallerLost);
            }
        }
    }

    private void TracksChanged(string identity)
    {
        if (identity == _link.Identity && _room!.Participants.FirstOrDefault(one => one.Identity == identity) is { } caller && _link.Sees(caller))
        {
            Listen();
        }
    }

    private void Listen()
    {
        if (_conversation is { Lease.Room.HearsAudio: true })
        {
            _microphone.Follow(_link.Caller);
        }
    }

    private void TrackOpened(string trackSid)
    {
        if (_conversation is { } conversation)
        {
            _microphone.Opens(trackSid, conversation.Lease.Room.Processing, Hear);
        }
    }

    private void Hear(ReadOnlyMemory<short> samples) => _conversation?.Timeline.Add(samples);

    private void Typed(string identity, string? text)
    {
        if (identity == _link.Identity && _conversation is { Lease.Room.TakesText: true } conversation && !string.IsNullOrWhiteSpace(text))
        {
            conversation.Call.SendText(text);
        }
    }

    private bool Hearable() =>
        _conversation is { Lease.Room.SpeaksAudio: false } || (_isSubscribed && !_isReconnecting && _link.Caller is not null);

    private void HearableAnyway()
    {
        lock (_lock)
        {
            Change(() => _isSubscribed = true);
        }
    }

    private void Change(Action change)
    {
        change();
        _conversation?.Call.SetHearable(Hearable());
    }

    private static CallEndReason ReasonOf(RoomDisconnectReason reason) => reason switch
    {
        RoomDisconnectReason.RoomDeleted or RoomDisconnectReason.RoomClosed => CallEndReason.RoomClosed,
        RoomDisconnectReason.ParticipantRemoved or RoomDisconnectReason.DuplicateIdentity => CallEndReason.AgentRemoved,
        _ => CallEndReason.ConnectionLost,
    };

    private async Task DeleteRoomAsync()
    {
        if (services.Administration is not { } administration)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(LeaveTimeout, services.Time);
        try
        {
            await administration.DeleteRoomAsync(job.RoomName, timeout.Token);
        }
        catch (Exception e) when (e is RoomException or OperationCanceledException)
        {
            LogNotDeleted(job.RoomName, e.Message);
        }
    }

    private async Task LeaveAsync()
    {
        _returnTimer?.Dispose();
        try
        {
            await _joining;
        }
        catch (Exception e) when (e is RoomException or OperationCanceledException)
        {
            // Never joined; whoever ended the call has the reason.
            return;
        }

        await _attributes!.DisposeAsync();
        await Voice.StopAsync();
        await _microphone.DisposeAsync();
        using var timeout = new CancellationTokenSource(LeaveTimeout, services.Time);
        try
        {
            await _room!.DisconnectAsync(timeout.Token);
        }
        catch (Exception e) when (e is RoomException or OperationCanceledException)
        {
            LogNotLeft(job.RoomName, e.Message);
        }

        await _room!.DisposeAsync();
        await _following;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room {RoomName} was not left in order: {Reason}")]
    private partial void LogNotLeft(string roomName, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room {RoomName} could not be deleted: {Reason}")]
    private partial void LogNotDeleted(string roomName, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The caller's track {TrackSid} cannot be received: {Reason}")]
    private partial void LogNoSubscription(string trackSid, string reason);
}

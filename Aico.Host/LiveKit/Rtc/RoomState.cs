using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// Who is in a room and what they publish, kept up with the events. It owns the handles of publications and tracks. Changed by the room's
/// one loop, read from any thread.
/// </summary>
internal sealed class RoomState : IDisposable
{
    // TF_PRECONNECT_BUFFER of the publication's features.
    private const int PreConnectFeature = 6;

    private readonly FfiClient _client;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomParticipant> _participants = [];
    private readonly Dictionary<string, FfiHandle> _publications = [];
    private readonly Dictionary<string, FfiHandle> _tracks = [];
    private RoomParticipant _local;
    private string _sid;
    private string _metadata;
    private bool _isDisposed;

    /// <summary>Takes over the handles of the participants and of their publications.</summary>
    public RoomState(FfiClient client, ConnectResult joined)
    {
        _client = client;
        Name = joined.Room.Info.Name;
        _sid = joined.Room.Info.Sid;
        _metadata = joined.Room.Info.Metadata;
        _local = Picture(joined.LocalParticipant.Info);
        foreach (var member in joined.Participants)
        {
            client.Drop(member.Participant.Handle.Id);
            var picture = Picture(member.Participant.Info);
            foreach (var publication in member.Publications)
            {
                _publications[publication.Info.Sid] = new FfiHandle(client, publication.Handle);
            }

            _participants[picture.Identity] = picture with { Tracks = [.. member.Publications.Select(publication => TrackOf(publication.Info))] };
        }
    }

    public string Name { get; }

    public string Sid => Locked(() => _sid);

    public string Metadata => Locked(() => _metadata);

    public RoomParticipant Local => Locked(() => _local);

    public IReadOnlyList<RoomParticipant> Participants => Locked<IReadOnlyList<RoomParticipant>>(() => [.. _participants.Values]);

    /// <summary>Null where it has gone.</summary>
    public ulong? Publication(string trackSid) => Locked(() => _publications.GetValueOrDefault(trackSid)?.Id);

    /// <summary>Null where it is not subscribed (any more).</summary>
    public ulong? Track(string trackSid) => Locked(() => _tracks.GetValueOrDefault(trackSid)?.Id);

    /// <summary>Applies an event and takes over its handles. Null where nobody needs to know.</summary>
    public RoomEvent? Apply(FfiRoomEvent message)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                _client.DropHandles(new FfiEvent { RoomEvent = message });
                return null;
            }

            return message.MessageCase switch
            {
                FfiRoomEvent.MessageOneofCase.ParticipantConnected => Joined(message.ParticipantConnected.Info),
                FfiRoomEvent.MessageOneofCase.ParticipantDisconnected => Left(message.ParticipantDisconnected),
                FfiRoomEvent.MessageOneofCase.TrackPublished => Published(message.TrackPublished),
                FfiRoomEvent.MessageOneofCase.TrackUnpublished => Unpublished(message.TrackUnpublished),
                FfiRoomEvent.MessageOneofCase.TrackSubscribed => Subscribed(message.TrackSubscribed),
                FfiRoomEvent.MessageOneofCase.TrackUnsubscribed => Unsubscribed(message.TrackUnsubscribed),
                FfiRoomEvent.MessageOneofCase.TrackMuted => Muted(message.TrackMuted, isMuted: true),
                FfiRoomEvent.MessageOneofCase.TrackUnmuted => Muted(message.TrackUnmuted, isMuted: false),
                FfiRoomEvent.MessageOneofCase.ParticipantMetadataChanged => Changed(message.ParticipantMetadataChanged.ParticipantIdentity,
                    participant => participant with { Metadata = message.ParticipantMetadataChanged.Value }),
                FfiRoomEvent.MessageOneofCase.ParticipantNameChanged => Changed(message.ParticipantNameChanged.ParticipantIdentity,
                    participant => participant with { Name = message.ParticipantNameChanged.Value }),
                FfiRoomEvent.MessageOneofCase.ParticipantAttributesChanged => Changed(message.ParticipantAttributesChanged.ParticipantIdentity,
                    participant => participant with { Attributes = message.ParticipantAttributesChanged.Attributes.ToDictionary(pair => pair.Key, pair => pair.Value) }),
                FfiRoomEvent.MessageOneofCase.RoomMetadataChanged => MetadataChanged(message.RoomMetadataChanged.Metadata),
                FfiRoomEvent.MessageOneofCase.RoomSidChanged => SidChanged(message.RoomSidChanged.Sid),
                _ => null,
            };
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var handle in _tracks.Values.Concat(_publications.Values))
            {
                handle.Dispose();
            }

            _tracks.Clear();
            _publications.Clear();
        }
    }

    private RoomEvent.ParticipantJoined Joined(OwnedParticipant joined)
    {
        _client.Drop(joined.Handle.Id);
        var picture = Picture(joined.Info);
        _participants[picture.Identity] = picture;
        return new RoomEvent.ParticipantJoined(picture);
    }

    private RoomEvent.ParticipantLeft? Left(ParticipantDisconnected left)
    {
        if (!_participants.Remove(left.ParticipantIdentity, out var picture))
        {
            return null;
        }

        foreach (var track in picture.Tracks)
        {
            LetGo(track.Sid);
        }

        return new RoomEvent.ParticipantLeft(picture, (RoomDisconnectReason)left.DisconnectReason);
    }

    private RoomEvent.TrackPublished? Published(TrackPublished published)
    {
        var track = TrackOf(published.Publication.Info);
        Keep(_publications, track.Sid, new FfiHandle(_client, published.Publication.Handle));
        return Replace(published.ParticipantIdentity, tracks => [.. tracks.Where(other => other.Sid != track.Sid), track])
            ? new RoomEvent.TrackPublished(published.ParticipantIdentity, track)
            : null;
    }

    private RoomEvent.TrackUnpublished? Unpublished(TrackChange change)
    {
        LetGo(change.TrackSid);
        return Replace(change.ParticipantIdentity, tracks => [.. tracks.Where(track => track.Sid != change.TrackSid)])
            ? new RoomEvent.TrackUnpublished(change.ParticipantIdentity, change.TrackSid)
            : null;
    }

    private RoomEvent.TrackSubscribed Subscribed(TrackSubscribed subscribed)
    {
        var sid = subscribed.Track.Info.Sid;
        Keep(_tracks, sid, new FfiHandle(_client, subscribed.Track.Handle));
        return new RoomEvent.TrackSubscribed(subscribed.ParticipantIdentity, sid);
    }

    private RoomEvent.TrackUnsubscribed Unsubscribed(TrackChange change)
    {
        if (_tracks.Remove(change.TrackSid, out var track))
        {
            // The library has dropped it itself with this event (0.12.80, seen).
            track.Consumed();
        }

        return new RoomEvent.TrackUnsubscribed(change.ParticipantIdentity, change.TrackSid);
    }

    private RoomEvent.TrackMuteChanged? Muted(TrackChange change, bool isMuted) =>
        Replace(change.ParticipantIdentity, tracks => [.. tracks.Select(track => track.Sid == change.TrackSid ? track with { IsMuted = isMuted } : track)])
        && _participants[change.ParticipantIdentity].Tracks.FirstOrDefault(track => track.Sid == change.TrackSid) is { } changed
            ? new RoomEvent.TrackMuteChanged(change.ParticipantIdentity, changed)
            : null;

    private RoomEvent.ParticipantChanged? Changed(string identity, Func<RoomParticipant, RoomParticipant> change)
    {
        if (identity == _local.Identity)
        {
            _local = change(_local);
            return new RoomEvent.ParticipantChanged(_local);
        }

        if (!_participants.TryGetValue(identity, out var participant))
        {
            return null;
        }

        var changed = change(participant);
        _participants[identity] = changed;
        return new RoomEvent.ParticipantChanged(changed);
    }

    private RoomEvent.MetadataChanged MetadataChanged(string metadata)
    {
        _metadata = metadata;
        return new RoomEvent.MetadataChanged(metadata);
    }

    private RoomEvent? SidChanged(string sid)
    {
        _sid = sid;
        return null;
    }

    private bool Replace(string identity, Func<IReadOnlyList<RoomTrack>, IReadOnlyList<RoomTrack>> change)
    {
        if (!_participants.TryGetValue(identity, out var participant))
        {
            return false;
        }

        _participants[identity] = participant with { Tracks = change(participant.Tracks) };
        return true;
    }

    private void LetGo(string trackSid)
    {
        if (_publications.Remove(trackSid, out var publication))
        {
            publication.Dispose();
        }

        if (_tracks.Remove(trackSid, out var track))
        {
            track.Dispose();
        }
    }

    private static void Keep(Dictionary<string, FfiHandle> handles, string sid, FfiHandle handle)
    {
        if (handles.TryGetValue(sid, out var before))
        {
            before.Dispose();
        }

        handles[sid] = handle;
    }

    private static RoomTrack TrackOf(TrackPublicationInfo info) => new(
        info.Sid, info.Name, (TrackKind)info.Kind, (TrackSource)info.Source, info.Muted, info.AudioFeatures.Contains(PreConnectFeature));

    private static RoomParticipant Picture(ParticipantInfo info) => new()
    {
        Sid = info.Sid,
        Identity = info.Identity,
        Name = info.Name,
        Kind = (ParticipantKind)info.Kind,
        Metadata = info.Metadata,
        Attributes = new Dictionary<string, string>(info.Attributes),
    };

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}

namespace Aico.Host.LiveKit.Rooms;

/// <summary>Something that happened in a room. The room's pictures (<see cref="IRoom.Participants"/>) hold the change when the event is read, and may hold later ones.</summary>
internal abstract record RoomEvent
{
    internal sealed record ParticipantJoined(RoomParticipant Participant) : RoomEvent;

    internal sealed record ParticipantLeft(RoomParticipant Participant, RoomDisconnectReason Reason) : RoomEvent;

    /// <summary>Name, metadata or attributes changed; our own too.</summary>
    internal sealed record ParticipantChanged(RoomParticipant Participant) : RoomEvent;

    internal sealed record TrackPublished(string Identity, RoomTrack Track) : RoomEvent;

    internal sealed record TrackUnpublished(string Identity, string TrackSid) : RoomEvent;

    internal sealed record TrackMuteChanged(string Identity, RoomTrack Track) : RoomEvent;

    /// <summary>The media of a track can be read with <see cref="IRoom.OpenAudio"/>.</summary>
    internal sealed record TrackSubscribed(string Identity, string TrackSid) : RoomEvent;

    internal sealed record TrackUnsubscribed(string Identity, string TrackSid) : RoomEvent;

    internal sealed record TrackSubscriptionFailed(string Identity, string TrackSid, string Error) : RoomEvent;

    /// <summary>Somebody hears our track for the first time: what was played before reached nobody.</summary>
    internal sealed record LocalTrackSubscribed(string TrackSid) : RoomEvent;

    /// <summary>After a full reconnect our track has another sid.</summary>
    internal sealed record LocalTrackRepublished(string PreviousSid, string TrackSid) : RoomEvent;

    internal sealed record MetadataChanged(string Metadata) : RoomEvent;

    /// <summary>A whole text stream on one of the topics asked for. Identity is the sender that the stream names.</summary>
    internal sealed record TextReceived(string Identity, string Topic, string Text, IReadOnlyDictionary<string, string> Attributes) : RoomEvent;

    /// <summary>A whole byte stream on one of the topics asked for.</summary>
    internal sealed record BytesReceived(
        string Identity, string Topic, ReadOnlyMemory<byte> Bytes, string MimeType, string Name, IReadOnlyDictionary<string, string> Attributes) : RoomEvent;

    /// <summary>A data packet of the older kind. Identity is empty where the server sent it.</summary>
    internal sealed record DataReceived(string Identity, string Topic, ReadOnlyMemory<byte> Bytes) : RoomEvent;

    internal sealed record DtmfReceived(string Identity, uint Code, string Digit) : RoomEvent;

    /// <summary>A method of ours was called; <see cref="IRoom.AnswerRpcAsync"/> answers, exactly once.</summary>
    internal sealed record RpcInvoked(ulong InvocationId, string Method, string CallerIdentity, string Payload, TimeSpan Timeout) : RoomEvent;

    /// <summary>The connection broke and is being restored.</summary>
    internal sealed record Reconnecting : RoomEvent;

    internal sealed record Reconnected : RoomEvent;

    /// <summary>We are out of the room: always the last event.</summary>
    internal sealed record Disconnected(RoomDisconnectReason Reason) : RoomEvent;
}

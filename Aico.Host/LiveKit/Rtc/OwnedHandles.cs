using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>Finds every handle that a message brings: each is ours from then on, whether the message is used or not. Audio frames are not among them.</summary>
internal static class OwnedHandles
{
    public static IEnumerable<OwnedHandle> In(FfiEvent message) => message.MessageCase switch
    {
        FfiEvent.MessageOneofCase.Connect when message.Connect.Result is { } result => In(result),
        FfiEvent.MessageOneofCase.PublishTrack when message.PublishTrack.Publication is { } publication => [publication.Handle],
        FfiEvent.MessageOneofCase.TextStreamOpen when message.TextStreamOpen.Writer is { } writer => [writer.Handle],
        FfiEvent.MessageOneofCase.RoomEvent => In(message.RoomEvent),
        _ => [],
    };

    public static IEnumerable<OwnedHandle> In(FfiResponse message) => message.MessageCase switch
    {
        FfiResponse.MessageOneofCase.CreateAudioTrack => [message.CreateAudioTrack.Track.Handle],
        FfiResponse.MessageOneofCase.NewAudioSource => [message.NewAudioSource.Source.Handle],
        FfiResponse.MessageOneofCase.NewAudioStream => [message.NewAudioStream.Stream.Handle],
        FfiResponse.MessageOneofCase.NewApm => [message.NewApm.Apm.Handle],
        _ => [],
    };

    private static IEnumerable<OwnedHandle> In(ConnectResult result) =>
        result.Participants
            .SelectMany(participant => participant.Publications.Select(publication => publication.Handle).Append(participant.Participant.Handle))
            .Append(result.LocalParticipant.Handle)
            .Append(result.Room.Handle);

    private static IEnumerable<OwnedHandle> In(FfiRoomEvent message) => message.MessageCase switch
    {
        FfiRoomEvent.MessageOneofCase.ParticipantConnected => [message.ParticipantConnected.Info.Handle],
        FfiRoomEvent.MessageOneofCase.TrackPublished => [message.TrackPublished.Publication.Handle],
        FfiRoomEvent.MessageOneofCase.TrackSubscribed => [message.TrackSubscribed.Track.Handle],
        FfiRoomEvent.MessageOneofCase.ByteStreamOpened => [message.ByteStreamOpened.Reader.Handle],
        FfiRoomEvent.MessageOneofCase.TextStreamOpened => [message.TextStreamOpened.Reader.Handle],
        FfiRoomEvent.MessageOneofCase.DataTrackPublished => [message.DataTrackPublished.Track.Handle],
        FfiRoomEvent.MessageOneofCase.DataPacketReceived when message.DataPacketReceived.User is { } user => [user.Data.Handle],
        _ => [],
    };
}

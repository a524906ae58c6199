using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>Events of a room that change nothing in it.</summary>
internal static class RoomPackets
{
    /// <summary>Null for events of another kind. Lets go of the handles of those that it takes.</summary>
    public static RoomEvent? EventOf(FfiRoomEvent message, FfiClient client)
    {
        switch (message.MessageCase)
        {
            case FfiRoomEvent.MessageOneofCase.LocalTrackSubscribed:
                return new RoomEvent.LocalTrackSubscribed(message.LocalTrackSubscribed.TrackSid);
            case FfiRoomEvent.MessageOneofCase.TrackSubscriptionFailed:
                var failed = message.TrackSubscriptionFailed;
                return new RoomEvent.TrackSubscriptionFailed(failed.ParticipantIdentity, failed.TrackSid, failed.Error);
            case FfiRoomEvent.MessageOneofCase.DataPacketReceived when message.DataPacketReceived.User is { } user:
                var bytes = BytesOf(user.Data.Data);
                client.Drop(user.Data.Handle.Id);
                return new RoomEvent.DataReceived(message.DataPacketReceived.ParticipantIdentity, user.Topic, bytes);
            case FfiRoomEvent.MessageOneofCase.DataPacketReceived when message.DataPacketReceived.SipDtmf is { } dtmf:
                return new RoomEvent.DtmfReceived(message.DataPacketReceived.ParticipantIdentity, dtmf.Code, dtmf.Digit);
            case FfiRoomEvent.MessageOneofCase.DataTrackPublished:
                client.Drop(message.DataTrackPublished.Track.Handle.Id);
                return null;
            default:
                return null;
        }
    }

    private static unsafe byte[] BytesOf(BufferInfo buffer) => new ReadOnlySpan<byte>((void*)buffer.DataPtr, (int)buffer.DataLen).ToArray();
}

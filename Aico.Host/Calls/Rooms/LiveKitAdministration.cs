using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>Asks the server over its API.</summary>
internal sealed class LiveKitAdministration(LiveKitApi api) : IRoomAdministration
{
    public async Task DeleteRoomAsync(string roomName, CancellationToken ct)
    {
        try
        {
            await api.Rooms.DeleteRoomAsync(roomName, ct);
        }
        catch (TwirpException e) when (e.IsNotFound)
        {
            // It has closed by itself.
        }
        catch (TwirpException e)
        {
            throw Failed(e);
        }
    }

    public async Task SetRoomMetadataAsync(string roomName, string metadata, CancellationToken ct)
    {
        try
        {
            await api.Rooms.UpdateRoomMetadataAsync(roomName, metadata, ct);
        }
        catch (TwirpException e)
        {
            throw Failed(e);
        }
    }

    public async Task TransferAsync(string roomName, string identity, string to, CancellationToken ct)
    {
        try
        {
            await api.Sip.TransferParticipantAsync(
                new TransferSipParticipantRequest { RoomName = roomName, ParticipantIdentity = identity, TransferTo = to }, ct);
        }
        catch (TwirpException e)
        {
            throw Failed(e);
        }
    }

    private static RoomException Failed(TwirpException e) => new(
        e.Code switch
        {
            "unauthenticated" or "permission_denied" => RoomFailure.Unauthorized,
            "unavailable" => RoomFailure.Unavailable,
            "deadline_exceeded" => RoomFailure.TimedOut,
            _ => RoomFailure.Rejected,
        },
        e.SipStatusCode is { } status ? $"{e.Message} (SIP {status})" : e.Message,
        e);
}

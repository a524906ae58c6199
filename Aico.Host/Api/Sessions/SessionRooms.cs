using Aico.Host.Calls.Rooms;

namespace Aico.Host.Api.Sessions;

/// <summary>All organizations' rooms are on one LiveKit server, where whoever has a token for a room hears what is said in it.</summary>
internal static class SessionRooms
{
    /// <exception cref="ApiException">A call of another organization goes on in the room.</exception>
    public static void Check(ApiCaller caller, RoomCallRegistry calls, string? roomName, string pointer)
    {
        if (caller.OrganizationId is { } own
            && calls.List().Any(call => call.Ended is null && call.RoomName == roomName && call.OrganizationId != own))
        {
            throw ApiException.Field(pointer, "Take another name for the room.");
        }
    }
}

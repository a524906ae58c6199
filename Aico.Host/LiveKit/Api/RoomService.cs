using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Api;

/// <summary>Rooms and who is in them. Every member throws <see cref="TwirpException"/>. Safe from any thread.</summary>
internal sealed class RoomService(TwirpClient twirp)
{
    private static readonly ApiJson Json = ApiJson.Default;

    /// <summary>Makes a room, or returns the one that is there already: its agents are asked only at its making.</summary>
    public Task<RoomInfo> CreateRoomAsync(CreateRoomRequest request, CancellationToken ct) => twirp.CallAsync(
        "RoomService/CreateRoom", request, Json.CreateRoomRequest, Json.RoomInfo, May(new VideoGrant { RoomCreate = true }), TwirpClient.Timeout, ct);

    /// <param name="names">Empty: all.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<RoomInfo>> ListRoomsAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var answer = await twirp.CallAsync(
            "RoomService/ListRooms",
            new ListRoomsRequest(names),
            Json.ListRoomsRequest,
            Json.ListRoomsResponse,
            May(new VideoGrant { RoomList = true }),
            TwirpClient.Timeout,
            ct);
        return answer.Rooms;
    }

    /// <summary>Ends a room; whoever is in it is told that it was deleted.</summary>
    public Task DeleteRoomAsync(string room, CancellationToken ct) => twirp.CallAsync(
        "RoomService/DeleteRoom", new RoomRequest(room), Json.RoomRequest, Json.EmptyMessage, May(new VideoGrant { RoomCreate = true }), TwirpClient.Timeout, ct);

    public async Task<IReadOnlyList<ParticipantInfo>> ListParticipantsAsync(string room, CancellationToken ct)
    {
        var answer = await twirp.CallAsync(
            "RoomService/ListParticipants",
            new RoomRequest(room),
            Json.RoomRequest,
            Json.ListParticipantsResponse,
            Admin(room),
            TwirpClient.Timeout,
            ct);
        return answer.Participants;
    }

    public Task<ParticipantInfo> GetParticipantAsync(string room, string identity, CancellationToken ct) => twirp.CallAsync(
        "RoomService/GetParticipant",
        new ParticipantRequest(room, identity),
        Json.ParticipantRequest,
        Json.ParticipantInfo,
        Admin(room),
        TwirpClient.Timeout,
        ct);

    public Task RemoveParticipantAsync(string room, string identity, CancellationToken ct) => twirp.CallAsync(
        "RoomService/RemoveParticipant",
        new ParticipantRequest(room, identity),
        Json.ParticipantRequest,
        Json.EmptyMessage,
        Admin(room),
        TwirpClient.Timeout,
        ct);

    public Task<ParticipantInfo> UpdateParticipantAsync(UpdateParticipantRequest request, CancellationToken ct) => twirp.CallAsync(
        "RoomService/UpdateParticipant",
        request,
        Json.UpdateParticipantRequest,
        Json.ParticipantInfo,
        Admin(request.Room),
        TwirpClient.Timeout,
        ct);

    public Task<RoomInfo> UpdateRoomMetadataAsync(string room, string metadata, CancellationToken ct) => twirp.CallAsync(
        "RoomService/UpdateRoomMetadata",
        new UpdateRoomMetadataRequest(room, metadata),
        Json.UpdateRoomMetadataRequest,
        Json.RoomInfo,
        Admin(room),
        TwirpClient.Timeout,
        ct);

    public Task SendDataAsync(SendDataRequest request, CancellationToken ct) => twirp.CallAsync(
        "RoomService/SendData", request, Json.SendDataRequest, Json.EmptyMessage, Admin(request.Room), TwirpClient.Timeout, ct);

    private static TokenClaims Admin(string room) => May(new VideoGrant { RoomAdmin = true, Room = room });

    private static TokenClaims May(VideoGrant grant) => new() { Video = grant };
}

namespace Aico.Host.LiveKit.Api;

internal sealed record ListRoomsResponse
{
    public IReadOnlyList<RoomInfo> Rooms { get; set; } = [];
}

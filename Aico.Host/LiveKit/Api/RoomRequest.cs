namespace Aico.Host.LiveKit.Api;

/// <summary>A request that only names a room.</summary>
internal sealed record RoomRequest(string Room);

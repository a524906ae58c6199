namespace Aico.Host.LiveKit.Api;

internal sealed record UpdateRoomMetadataRequest(string Room, string Metadata);

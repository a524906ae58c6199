namespace Aico.Host.LiveKit.Api;

internal sealed record ListRoomsRequest(IReadOnlyList<string> Names);

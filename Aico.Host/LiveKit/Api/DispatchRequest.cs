namespace Aico.Host.LiveKit.Api;

/// <summary>A request that only names a dispatch, or all of a room.</summary>
internal sealed record DispatchRequest(string Room, string? DispatchId);

namespace Aico.Host.LiveKit.Api;

/// <summary>A request that only names a participant.</summary>
internal sealed record ParticipantRequest(string Room, string Identity);

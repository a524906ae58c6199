namespace Aico.Host.LiveKit.Worker;

/// <summary>The way into the room of an assigned job; the token is a secret.</summary>
internal sealed record JobAccess(Uri Url, string Token);

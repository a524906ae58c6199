namespace Aico.Host.Api.Idempotency;

/// <summary>What was answered to a request that may come again.</summary>
internal sealed record IdempotentReply(int Status, string? ContentType, string? Location, string? ETag, byte[] Body);

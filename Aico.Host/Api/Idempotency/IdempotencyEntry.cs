namespace Aico.Host.Api.Idempotency;

/// <summary>A request that was made with an idempotency key.</summary>
/// <param name="request">Hash of all that makes it.</param>
/// <param name="at">Timestamp of its beginning.</param>
internal sealed class IdempotencyEntry(byte[] request, long at)
{
    public byte[] Request { get; } = request;

    public long At { get; } = at;

    /// <summary>Null while it is served.</summary>
    public IdempotentReply? Reply { get; set; }
}

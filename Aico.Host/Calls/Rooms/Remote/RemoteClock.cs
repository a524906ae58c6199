using Google.Protobuf.WellKnownTypes;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>Turns the call's clock, which begins at zero, into the time of day. The first event of the call sets it.</summary>
internal sealed class RemoteClock(TimeProvider time)
{
    private DateTimeOffset? _zero;

    public Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>When the call began.</summary>
    public Timestamp Began => At(TimeSpan.Zero);

    public void Saw(CallEvent callEvent) => _zero ??= time.GetUtcNow() - callEvent.At;

    public Timestamp At(TimeSpan at) => Timestamp.FromDateTimeOffset((_zero ?? time.GetUtcNow()) + at);
}

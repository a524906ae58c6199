namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// Gives up a connection that is being restored for too long. The library gives up by itself where nothing answers, but after a socket
/// that was half open it said "reconnecting" and dialled no more (watched for 60 s).
/// </summary>
internal sealed class ReconnectLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;

    public ReconnectLimit(TimeProvider time, TimeSpan limit, Action tooLong)
    {
        _limit = limit;
        _timer = time.CreateTimer(_ => tooLong(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Begin() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    public void End() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}

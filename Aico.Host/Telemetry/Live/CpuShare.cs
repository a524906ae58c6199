namespace Aico.Host.Telemetry.Live;

/// <summary>The processors' time that the process takes, over the last some seconds. Of one thread at a time.</summary>
/// <param name="total">The process's processor time since its start.</param>
/// <param name="processors">How many there are.</param>
/// <param name="time">The clock.</param>
internal sealed class CpuShare(Func<TimeSpan> total, int processors, TimeProvider time)
{
    private const int Looks = 5;

    private readonly Queue<(long At, TimeSpan Total)> _looks = new();
    private double _share;

    /// <summary>0 to 1; 0 until there were two looks. From any thread.</summary>
    public double Share => Volatile.Read(ref _share);

    public void Look()
    {
        var now = (At: time.GetTimestamp(), Total: total());
        if (_looks.TryPeek(out var first) && time.GetElapsedTime(first.At, now.At) is { Ticks: > 0 } elapsed)
        {
            Volatile.Write(ref _share, Math.Clamp((now.Total - first.Total) / elapsed / processors, 0, 1));
        }

        _looks.Enqueue(now);
        if (_looks.Count > Looks)
        {
            _looks.Dequeue();
        }
    }
}

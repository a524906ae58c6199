namespace Aico.Host.Calls;

/// <summary>The clock of one call: zero when it began.</summary>
internal sealed class CallClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public TimeProvider Time => time;

    public TimeSpan Now => time.GetElapsedTime(_started);
}

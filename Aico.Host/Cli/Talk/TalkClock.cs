namespace Aico.Host.Cli.Talk;

/// <summary>The call's clock as it is seen from outside the call: zero is where the call began. Safe from any thread.</summary>
internal sealed class TalkClock(TimeProvider timeProvider)
{
    private long _zero = timeProvider.GetTimestamp();

    public TimeSpan Now => timeProvider.GetElapsedTime(Interlocked.Read(ref _zero));

    /// <summary>Says that the call's clock shows <paramref name="now"/> at this moment.</summary>
    public void Align(TimeSpan now) =>
        Interlocked.Exchange(ref _zero, timeProvider.GetTimestamp() - (long)(now.TotalSeconds * timeProvider.TimestampFrequency));

    /// <summary>Waits for a moment of the clock. Waiting for moments, not for durations, is what keeps a stream of frames from drifting.</summary>
    public async ValueTask WaitUntilAsync(TimeSpan moment, CancellationToken ct)
    {
        while (moment - Now is { Ticks: > 0 } left)
        {
            // Timers count whole milliseconds and round down: without rounding up, the last fraction would be spent spinning.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), timeProvider, ct);
        }

        ct.ThrowIfCancellationRequested();
    }
}

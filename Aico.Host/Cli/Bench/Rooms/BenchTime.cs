namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The machine's monotonic clock in milliseconds: the same in all processes, so that times of the agents' process and the callers' compare.</summary>
internal static class BenchTime
{
    public static double Now => TimeProvider.System.GetTimestamp() * 1000.0 / TimeProvider.System.TimestampFrequency;

    public static Task DelayAsync(double milliseconds, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(milliseconds))), TimeProvider.System, ct);

    public static Task UntilAsync(double moment, CancellationToken ct) => DelayAsync(moment - Now, ct);
}

namespace Aico.Testing.Calls;

/// <summary>Times of a scripted call, exact to the tick: TimeSpan.FromSeconds(2.26) is 2.2599999 seconds.</summary>
internal static class CallTime
{
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}

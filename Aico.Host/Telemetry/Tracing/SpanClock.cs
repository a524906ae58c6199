namespace Aico.Host.Telemetry.Tracing;

/// <summary>Puts moments of a call's clock on the calendar.</summary>
internal sealed class SpanClock(DateTimeOffset callBegan)
{
    public DateTime Of(TimeSpan at) => (callBegan + at).UtcDateTime;
}

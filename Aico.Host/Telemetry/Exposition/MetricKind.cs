namespace Aico.Host.Telemetry.Exposition;

/// <summary>How the numbers of an instrument become one.</summary>
internal enum MetricKind
{
    /// <summary>They are added up.</summary>
    Counter,

    /// <summary>They are added up, and may fall.</summary>
    Gauge,

    /// <summary>The last one counts.</summary>
    LastValue,

    /// <summary>They are counted by size.</summary>
    Histogram,
}

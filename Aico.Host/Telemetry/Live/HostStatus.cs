using Aico.Host.Providers.Fallback;

namespace Aico.Host.Telemetry.Live;

/// <summary>This host at one moment, for people who look at it.</summary>
internal sealed record HostStatus
{
    public required string Version { get; init; }

    public required string Role { get; init; }

    public required int ProcessId { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required ProcessReading Process { get; init; }

    /// <summary>Null where this host takes no calls.</summary>
    public WorkerReading? Worker { get; init; }

    public required IReadOnlyList<CallReading> Calls { get; init; }

    public required IReadOnlyList<LatencySummary> Latencies { get; init; }

    public required int Providers { get; init; }

    public required IReadOnlyList<OutageView> Outages { get; init; }

    public required (int Loaded, int Rejected) Plugins { get; init; }

    /// <summary>Null where this host has no database.</summary>
    public (int Writes, int Reads)? DatabaseQueue { get; init; }
}

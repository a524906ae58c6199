using Aico.Host.Calls.Rooms;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Telemetry.Live;

/// <summary>Where the state of the host is read. Each is quick, never throws, and may be asked from any thread.</summary>
internal sealed record HostReadings
{
    public required string Version { get; init; }

    /// <summary>all, api or agent.</summary>
    public required string Role { get; init; }

    /// <summary>The calls that go on, the oldest first.</summary>
    public required Func<IReadOnlyList<RoomCall>> Calls { get; init; }

    public required Func<IReadOnlyList<OutageView>> Outages { get; init; }

    /// <summary>The keys of the providers that there are.</summary>
    public required Func<IReadOnlyCollection<string>> Providers { get; init; }

    /// <summary>How many plugins serve, and how many were rejected.</summary>
    public required Func<(int Loaded, int Rejected)> Plugins { get; init; }

    /// <summary>Jobs that wait for the database; null where this host has none.</summary>
    public Func<(int Writes, int Reads)>? DatabaseQueue { get; init; }

    /// <summary>Rows of usage that were not kept, since the start.</summary>
    public required Func<long> LostUsage { get; init; }

    /// <summary>Handles that the native library keeps; null where it is not loaded.</summary>
    public Func<long?> NativeHandles { get; init; } = () => null;

    /// <summary>Null where this host takes no calls.</summary>
    public Func<WorkerReading?> Worker { get; init; } = () => null;
}

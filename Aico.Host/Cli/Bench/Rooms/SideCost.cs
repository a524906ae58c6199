namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What one side, the agents or the floor, took for the same rooms and callers.</summary>
internal sealed record SideCost
{
    /// <summary>Cores in use while all rooms were there.</summary>
    public required double Cores { get; init; }

    /// <summary>The part of it that the host's own code took, outside the native library; null where the system does not tell.</summary>
    public required double? ManagedCores { get; init; }

    /// <summary>Cores that the just-in-time compiler took at most: it is measured by the clock. A host that has run for long has none.</summary>
    public required double CompilingCores { get; init; }

    /// <summary>Resident bytes that each further room added.</summary>
    public required double? BytesPerRoom { get; init; }

    /// <summary>Resident bytes that each join and leave left behind; null: not measured.</summary>
    public required double? BytesPerCycle { get; init; }

    /// <summary>The part of it that is in the managed heap; null: not measured.</summary>
    public required double? ManagedBytesPerCycle { get; init; }

    /// <summary>What the native library still keeps when all rooms are left.</summary>
    public required long HandlesAtEnd { get; init; }

    public required int Threads { get; init; }

    public required double AllocatedPerSecond { get; init; }

    /// <summary>What the callers heard.</summary>
    public required ConversationResult Heard { get; init; }
}

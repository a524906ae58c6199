namespace Aico.Host.Hosts;

/// <summary>One process that serves, at one moment, as it says itself.</summary>
internal sealed record HostStatus
{
    /// <summary>Unique for each start of a process.</summary>
    public required string Id { get; init; }

    /// <summary>The machine's name; behind a slash the number of a call host: "vm1/2".</summary>
    public required string Name { get; init; }

    public required int ProcessId { get; init; }

    /// <summary>From 1 on, where a supervisor on the same machine started it; else null.</summary>
    public int? CallHost { get; init; }

    /// <summary>"all", "api" or "agent".</summary>
    public required string Role { get; init; }

    public required string Version { get; init; }

    /// <summary>LiveKit's native library's; null where there is none.</summary>
    public string? NativeVersion { get; init; }

    public required DateTimeOffset Started { get; init; }

    public HostPhase Phase { get; init; }

    /// <summary>Calls that run.</summary>
    public int Calls { get; init; }

    /// <summary>The most that may run; 0 for a host without agents.</summary>
    public int CallLimit { get; init; }

    /// <summary>Calls since the start, running ones included.</summary>
    public long CallsServed { get; init; }

    /// <summary>0 to 1, the worst of the worker's sources.</summary>
    public double Load { get; init; }

    public long ResidentBytes { get; init; }

    /// <summary>Processor seconds a second since the last report.</summary>
    public double CpuCores { get; init; }

    public int Threads { get; init; }

    /// <summary>Open handles (file descriptors); null where the system does not tell.</summary>
    public int? Handles { get; init; }

    /// <summary>Why it is not registered; null where it is.</summary>
    public string? LastError { get; init; }

    /// <summary>Its calls of organizations that are known already, <see cref="RunningSession.Most"/> at most.</summary>
    public IReadOnlyList<RunningSession> Sessions { get; init; } = [];
}

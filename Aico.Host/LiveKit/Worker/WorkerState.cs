namespace Aico.Host.LiveKit.Worker;

/// <summary>The worker at one moment, for health checks and operators.</summary>
internal sealed record WorkerState
{
    public WorkerPhase Phase { get; init; }

    /// <summary>True where the server can offer jobs; also while draining.</summary>
    public bool IsConnected { get; init; }

    /// <summary>"AW_…"; empty before the first registration.</summary>
    public string WorkerId { get; init; } = "";

    public string ServerVersion { get; init; } = "";

    /// <summary>Why there is no connection; null while there is one.</summary>
    public string? LastError { get; init; }

    /// <summary>Ids of the jobs that run.</summary>
    public IReadOnlyList<string> ActiveJobs { get; init; } = [];

    /// <summary>Places taken by jobs that were offered and are not running yet.</summary>
    public int ReservedPlaces { get; init; }

    public double Load { get; init; }

    public bool IsFull { get; init; }
}

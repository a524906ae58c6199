namespace Aico.Host.Calls.Rooms;

/// <summary>A call in a room as it was at one moment.</summary>
internal sealed record RoomCallInfo
{
    /// <summary>Unique on this host: the job's id, and a number behind it for a job's second caller.</summary>
    public required string Id { get; init; }

    /// <summary>Empty until it is known.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Which of the organization's agents; empty until it is known.</summary>
    public string AgentName { get; init; } = "";

    /// <summary>Of the configuration that the call keeps to its end; empty until it is known.</summary>
    public string ConfigurationVersion { get; init; } = "";

    public required string RoomName { get; init; }

    /// <summary>Null until the caller is there.</summary>
    public string? CallerIdentity { get; init; }

    public AgentState State { get; init; }

    /// <summary>True from the moment the agent is in the room and can take its caller.</summary>
    public bool IsReady { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null while the call goes on.</summary>
    public DateTimeOffset? Ended { get; init; }

    public CallEndReason? EndReason { get; init; }

    /// <summary>What went wrong, for people; null where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The keys of its providers, as far as they are known.</summary>
    public ProviderKeys Providers { get; init; } = new(null, null, null, null);

    /// <summary>Both sides' words with their timings, complete turns only.</summary>
    public IReadOnlyList<TurnRecord> Turns { get; init; } = [];
}

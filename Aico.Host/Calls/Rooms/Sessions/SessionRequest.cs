namespace Aico.Host.Calls.Rooms.Sessions;

/// <summary>A session that is wanted: a room with an agent, and a caller's way into it.</summary>
internal sealed record SessionRequest
{
    public required string OrganizationId { get; init; }

    /// <summary>Null: a new room with a name of its own.</summary>
    public string? RoomName { get; init; }

    /// <summary>Null: one of its own.</summary>
    public string? CallerIdentity { get; init; }

    public string? CallerName { get; init; }

    public string? CallerMetadata { get; init; }

    public IReadOnlyDictionary<string, string>? CallerAttributes { get; init; }

    /// <summary>Reaches the agent as the member "metadata" of the job's metadata.</summary>
    public string? Metadata { get; init; }

    /// <summary>How long the caller's token can be used to join.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>True: the answer comes when the agent can take its caller.</summary>
    public bool WaitsForAgent { get; init; }

    public TimeSpan AgentTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A number to call, once the agent was asked for; null: the caller joins with the token.</summary>
    public OutboundCall? Call { get; init; }
}

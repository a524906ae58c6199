namespace Aico.Host.Api.Sessions;

/// <summary>The body of POST /api/sessions. Every member may be left out.</summary>
internal sealed record SessionBody
{
    public string? RoomName { get; init; }

    public ParticipantBody? Participant { get; init; }

    /// <summary>Reaches the agent with its job.</summary>
    public string? Metadata { get; init; }

    public bool WaitForAgent { get; init; }

    public double AgentTimeoutSeconds { get; init; } = 20;

    public double TokenLifetimeSeconds { get; init; } = 900;

    public CallBody? Call { get; init; }

    internal sealed record ParticipantBody
    {
        public string? Identity { get; init; }

        public string? Name { get; init; }

        public string? Metadata { get; init; }

        public Dictionary<string, string>? Attributes { get; init; }
    }

    internal sealed record CallBody
    {
        public string? TrunkId { get; init; }

        public string? To { get; init; }

        public string? From { get; init; }

        public double? RingingTimeoutSeconds { get; init; }

        public bool WaitUntilAnswered { get; init; }
    }
}

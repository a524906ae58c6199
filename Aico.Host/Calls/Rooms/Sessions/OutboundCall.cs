namespace Aico.Host.Calls.Rooms.Sessions;

/// <summary>A telephone call that the agent makes.</summary>
internal sealed record OutboundCall
{
    /// <summary>The SIP trunk of the LiveKit server, "ST_…".</summary>
    public required string TrunkId { get; init; }

    public required string To { get; init; }

    /// <summary>Null: the trunk's number.</summary>
    public string? From { get; init; }

    public TimeSpan? RingingTimeout { get; init; }

    /// <summary>True: the answer comes when somebody has picked up, and it is a failure where nobody does.</summary>
    public bool WaitsUntilAnswered { get; init; }
}

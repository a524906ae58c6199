namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>What a remote session tells of its agent, and its limits.</summary>
internal sealed record RemoteSessionSettings
{
    /// <summary>The agent's name for frontends.</summary>
    public required string AgentId { get; init; }

    /// <summary>Asked each time: the agent may be changed for its caller before the call begins.</summary>
    public required Func<AgentSettings> Agent { get; init; }

    /// <summary>Their keys are told, nothing else.</summary>
    public required CallProviders Providers { get; init; }

    public required RoomCallSettings Room { get; init; }

    /// <summary>
    /// True: the caller is told the agent's instructions, its tools with their arguments and results, and the text of errors. Right for
    /// a playground; a stranger on the web or the telephone has no business with them, so whoever opens a session has to decide.
    /// </summary>
    public required bool ShowsInternals { get; init; }

    /// <summary>How long the turn of a run_input may take, its speech included. Clients of the protocol wait for 60 s.</summary>
    public TimeSpan RunInputTimeout { get; init; } = TimeSpan.FromSeconds(55);

    /// <summary>Run inputs that wait for their turn; further ones are refused.</summary>
    public int MaximumRunInputs { get; init; } = 8;

    /// <summary>Larger payloads are ignored.</summary>
    public int MaximumPayloadBytes { get; init; } = 64 * 1024;

    /// <summary>A history larger than this on the wire loses its oldest items.</summary>
    public int MaximumHistoryBytes { get; init; } = 256 * 1024;
}

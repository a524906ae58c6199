using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Serve;

/// <summary>What was asked of <c>aico serve</c>, as it was typed.</summary>
internal sealed record ServeRequest : AgentRequest
{
    public ServeRole Role { get; init; }

    /// <summary>An IP address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; }

    /// <summary>Address and port in one; null: as they stand above.</summary>
    public string? Urls { get; init; }

    /// <summary>Null: what LIVEKIT_AGENT_NAME says, else no name: the agent takes every room.</summary>
    public string? AgentName { get; init; }

    public int MaxCalls { get; init; }

    /// <summary>CPU share from which no more calls are taken, 0 to 1.</summary>
    public double MaxLoad { get; init; }

    /// <summary>In seconds: how long running calls may go on when the host is asked to stop.</summary>
    public double DrainTimeout { get; init; }

    /// <summary>Null: AICO_DATA_DIR, else the user's own data folder.</summary>
    public string? DataDir { get; init; }

    public bool DeleteRoom { get; init; }

    public bool NoiseSuppression { get; init; }

    public bool TextOnly { get; init; }

    public bool ShowInternals { get; init; }

    public bool JsonLogs { get; init; }

    public bool Verbose { get; init; }

    /// <summary>Processes of their own that take the calls; null: what AICO_CALL_HOSTS says, else none.</summary>
    public int? CallHosts { get; init; }

    /// <summary>Calls after which a call host is replaced; null: no number.</summary>
    public int? CallHostCalls { get; init; }

    /// <summary>In megabytes: above it a call host is replaced; null: no limit.</summary>
    public int? CallHostMemory { get; init; }

    /// <summary>Which call host this process is; null: none.</summary>
    public int? CallHost { get; init; }

    /// <summary>The options as they were typed, without those that a call host is given otherwise.</summary>
    public IReadOnlyList<string> Inherited { get; init; } = [];
}

namespace Aico.Host.Cli.Agents;

/// <summary>What a command line says of the agent and its providers, as it was typed.</summary>
internal record AgentRequest
{
    /// <summary>One of <see cref="AgentPreset.Names"/>.</summary>
    public string? Preset { get; init; }

    public string? Stt { get; init; }

    public string? Tts { get; init; }

    public string? Llm { get; init; }

    public string? Vad { get; init; }

    public string? Voice { get; init; }

    public string? Language { get; init; }

    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<string> EnvFiles { get; init; } = [];

    public string? Greeting { get; init; }

    public string? Instructions { get; init; }

    /// <summary>In seconds; null for the default of the kind of conversation.</summary>
    public double? SilenceTimeout { get; init; }
}

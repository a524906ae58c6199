namespace Aico.Host.Calls;

/// <summary>
/// One turn as it happened: what the caller said and what the agent answered. The greeting and other words that the agent says
/// unasked have no caller text. All times are on the call's clock.
/// </summary>
internal sealed record TurnRecord
{
    public required int Number { get; init; }

    public string CallerText { get; init; } = "";

    public TimeSpan? CallerStart { get; init; }

    public TimeSpan? CallerEnd { get; init; }

    /// <summary>Everything that the agent meant to say.</summary>
    public string AgentText { get; init; } = "";

    /// <summary>What the caller heard of it: cut at the last word played.</summary>
    public string HeardText { get; init; } = "";

    public TimeSpan? AgentStart { get; init; }

    public TimeSpan? AgentEnd { get; init; }

    public bool Interrupted { get; init; }

    public CallTimings Timings { get; init; } = new();

    public IReadOnlyList<ToolCallRecord> ToolCalls { get; init; } = [];
}

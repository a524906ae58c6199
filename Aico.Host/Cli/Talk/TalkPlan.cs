using System.Diagnostics.CodeAnalysis;
using Aico.Host.Calls.Agents;
using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Talk;

/// <summary>A conversation that was checked and can begin.</summary>
internal sealed record TalkPlan : AgentPlan
{
    [SetsRequiredMembers]
    public TalkPlan(AgentPlan agent)
        : base(agent)
    {
    }

    public IReadOnlyList<CallerLine> Turns { get; init; } = [];

    public CallerScriptSettings Script { get; init; } = new();

    public string? Out { get; init; }

    public string? Timeline { get; init; }

    public bool Fast { get; init; }

    public bool HasAudio => Turns.Any(turn => turn is CallerLine.Spoken);

    public bool IsChat => Turns.Count == 0;

    public bool IsRecorded => Out is not null || Timeline is not null;
}

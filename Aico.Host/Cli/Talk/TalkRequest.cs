using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Talk;

/// <summary>What was asked of <c>aico talk</c>, as it was typed.</summary>
internal sealed record TalkRequest : AgentRequest
{
    /// <summary>The caller's turns in the order of the command line; none for a typed chat.</summary>
    public IReadOnlyList<CallerInput> Turns { get; init; } = [];

    public string? Out { get; init; }

    public string? Timeline { get; init; }

    public bool Fast { get; init; }

    public bool Json { get; init; }

    public bool Verbose { get; init; }

    /// <summary>In seconds.</summary>
    public double? InterruptAfter { get; init; }

    /// <summary>In seconds.</summary>
    public double Pause { get; init; } = 0.6;

    public bool HasAudio => Turns.Any(turn => turn.IsFile);

    public bool IsChat => Turns.Count == 0;

    /// <summary>One --in or --text.</summary>
    public sealed record CallerInput(string Value, bool IsFile);
}

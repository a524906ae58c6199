using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>A conversation that is over.</summary>
internal sealed record TalkResult
{
    public required CallEndReason EndReason { get; init; }

    public required TimeSpan Duration { get; init; }

    public required ProviderKeys Providers { get; init; }

    public required IReadOnlyList<CallEvent> Events { get; init; }

    /// <summary>Where the recording was written; null without one.</summary>
    public string? Out { get; init; }

    /// <summary>Where the timeline was written; null without one.</summary>
    public string? Timeline { get; init; }

    public IReadOnlyList<TurnRecord> Turns => [.. Events.OfType<TurnCompleted>().Select(completed => completed.Turn)];

    public IReadOnlyList<StageFailed> Errors => [.. Events.OfType<StageFailed>()];
}

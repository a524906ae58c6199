namespace Aico.Host.LiveKit.Api;

/// <summary>What came of a dispatch. Times are Unix nanoseconds.</summary>
internal sealed record AgentDispatchState
{
    public IReadOnlyList<JobInfo> Jobs { get; init; } = [];

    public long CreatedAt { get; init; }

    /// <summary>Zero while it stands.</summary>
    public long DeletedAt { get; init; }
}

namespace Aico.Host.LiveKit.Api;

/// <summary>What came of a dispatch. Times are Unix nanoseconds.</summary>
internal sealed record AgentDispatchState
{
    public IReadOnlyList<JobInfo> Jobs { get; set; } = [];

    public long CreatedAt { get; set; }

    /// <summary>Zero while it stands.</summary>
    public long DeletedAt { get; set; }
}

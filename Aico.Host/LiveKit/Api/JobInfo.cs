namespace Aico.Host.LiveKit.Api;

/// <summary>A job as the server describes it.</summary>
internal sealed record JobInfo
{
    public string Id { get; init; } = "";

    public string DispatchId { get; init; } = "";

    public string AgentName { get; init; } = "";

    public JobState? State { get; init; }
}

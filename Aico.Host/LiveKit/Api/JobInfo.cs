namespace Aico.Host.LiveKit.Api;

/// <summary>A job as the server describes it.</summary>
internal sealed record JobInfo
{
    public string Id { get; set; } = "";

    public string DispatchId { get; set; } = "";

    public string AgentName { get; set; } = "";

    public JobState? State { get; set; }
}

namespace Aico.Host.LiveKit.Api;

/// <summary>A wish for an agent in a room, and what came of it.</summary>
internal sealed record AgentDispatch
{
    /// <summary>"AD_…".</summary>
    public string Id { get; set; } = "";

    public string AgentName { get; set; } = "";

    public string Room { get; set; } = "";

    public string Metadata { get; set; } = "";

    public AgentDispatchState? State { get; set; }
}

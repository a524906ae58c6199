namespace Aico.Host.LiveKit.Api;

/// <summary>A wish for an agent in a room, and what came of it.</summary>
internal sealed record AgentDispatch
{
    /// <summary>"AD_…".</summary>
    public string Id { get; init; } = "";

    public string AgentName { get; init; } = "";

    public string Room { get; init; } = "";

    public string Metadata { get; init; } = "";

    public AgentDispatchState? State { get; init; }
}

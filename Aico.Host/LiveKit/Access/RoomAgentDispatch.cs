namespace Aico.Host.LiveKit.Access;

/// <summary>An agent that is asked into a room at the room's creation.</summary>
internal sealed record RoomAgentDispatch
{
    public required string AgentName { get; init; }

    /// <summary>Reaches the agent as the metadata of its job.</summary>
    public string? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

namespace Aico.Host.LiveKit.Api;

/// <summary>A wish for an agent in a room.</summary>
internal sealed record CreateDispatchRequest
{
    public required string Room { get; init; }

    public required string AgentName { get; init; }

    /// <summary>Reaches the agent as the metadata of its job.</summary>
    public string? Metadata { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

namespace Aico.Host.LiveKit.Api;

/// <summary>What to change of a participant; null stays as it is.</summary>
internal sealed record UpdateParticipantRequest
{
    public required string Room { get; init; }

    public required string Identity { get; init; }

    public string? Name { get; init; }

    public string? Metadata { get; init; }

    /// <summary>Only these change; an empty value removes one.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public ParticipantPermission? Permission { get; init; }
}

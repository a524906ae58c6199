namespace Aico.Host.LiveKit.Api;

/// <summary>A data packet from the server into a room.</summary>
internal sealed record SendDataRequest
{
    public required string Room { get; init; }

    public required byte[] Data { get; init; }

    /// <summary>"RELIABLE" or "LOSSY".</summary>
    public string Kind { get; init; } = "RELIABLE";

    /// <summary>Null or empty: everybody.</summary>
    public IReadOnlyList<string>? DestinationIdentities { get; init; }

    public string? Topic { get; init; }
}

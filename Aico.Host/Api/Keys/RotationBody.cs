namespace Aico.Host.Api.Keys;

/// <summary>The body of POST …/keys/{id}/rotate.</summary>
internal sealed record RotationBody
{
    /// <summary>For how long the old key goes on being taken.</summary>
    public double? OverlapSeconds { get; init; }
}

namespace Aico.Host.Api.Keys;

/// <summary>The body of POST …/keys.</summary>
internal sealed record NewKeyBody
{
    public string? Name { get; init; }

    public List<string>? Scopes { get; init; }

    /// <summary>Left out: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

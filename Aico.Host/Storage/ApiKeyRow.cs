namespace Aico.Host.Storage;

/// <summary>An API key of an organization. The key itself is kept by nobody.</summary>
internal sealed record ApiKeyRow
{
    /// <summary>Names the key without giving it away.</summary>
    public required string Id { get; init; }

    public required string OrganizationId { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key, which has 256 bits of chance: no slow hash is needed.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>From when on it is refused; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>From when on it is refused because somebody ended it.</summary>
    public DateTimeOffset? Ended { get; init; }

    public DateTimeOffset? LastUsed { get; init; }
}

namespace Aico.Host.Organizations.Resolution;

internal sealed record OrganizationCacheOptions
{
    /// <summary>How old a configuration may become before it is asked for again; changes in this process are seen at once.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a source that has failed is left alone while there is a last known configuration.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Organizations that are kept; the least recently used go first.</summary>
    public int MaximumEntries { get; init; } = 1_000;

    /// <summary>Whom calls belong to that name no organization; it may be served by the environment alone. Null: nobody.</summary>
    public string? DefaultOrganizationId { get; init; }
}

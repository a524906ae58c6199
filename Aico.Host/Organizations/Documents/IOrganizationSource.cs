namespace Aico.Host.Organizations.Documents;

/// <summary>A place that organizations are configured in. Safe from any thread.</summary>
internal interface IOrganizationSource
{
    /// <summary>Called with the organization's id after each change, with null where any may have changed; quick, and never throws.</summary>
    event Action<string?>? Changed;

    /// <summary>Null where this source has no organization of this id.</summary>
    /// <exception cref="OrganizationSourceException">The source cannot say at present.</exception>
    ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct);

    /// <summary>Organizations by id, from the one behind <paramref name="afterId"/> on; no secrets are read.</summary>
    /// <exception cref="OrganizationSourceException">The source cannot say at present.</exception>
    ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct);
}

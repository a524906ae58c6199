namespace Aico.Host.Organizations.Documents;

/// <summary>Several sources as one: who is asked first has the organization.</summary>
internal sealed class OrganizationSources : IOrganizationSource
{
    private readonly IReadOnlyList<IOrganizationSource> _sources;

    public OrganizationSources(IReadOnlyList<IOrganizationSource> sources)
    {
        _sources = sources;
        foreach (var source in sources)
        {
            source.Changed += id => Changed?.Invoke(id);
        }
    }

    public event Action<string?>? Changed;

    public async ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct)
    {
        foreach (var source in _sources)
        {
            if (await source.FindAsync(organizationId, ct) is { } document)
            {
                return document;
            }
        }

        return null;
    }

    public async ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct)
    {
        var found = new SortedDictionary<string, OrganizationSummary>(StringComparer.Ordinal);
        foreach (var source in _sources)
        {
            foreach (var organization in await source.ListAsync(afterId, limit, ct))
            {
                found.TryAdd(organization.Id, organization);
            }
        }

        return [.. found.Values.Take(limit)];
    }
}

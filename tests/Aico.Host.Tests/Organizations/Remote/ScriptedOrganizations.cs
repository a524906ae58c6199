using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Tests.Organizations.Remote;

/// <summary>Organizations that a test sets.</summary>
internal sealed class ScriptedOrganizations : IOrganizationSource
{
    private readonly ConcurrentDictionary<string, OrganizationDocument> _documents = new();
    private long _revision;

    public event Action<string?>? Changed;

    public bool IsAway { get; set; }

    public void Set(string id, string greeting, string? secret = null)
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        _documents[id] = new OrganizationDocument
        {
            Id = id,
            Name = $"Name of {id}",
            Revision = Interlocked.Increment(ref _revision),
            Origin = ConfigurationOrigin.Api,
            Created = now,
            Updated = now,
            Providers = [new ConfiguredProvider("hearing", new JsonObject { ["model"] = "nova-3" }, true, 150, 7, now)],
            Secrets = secret is null
                ? [new ConfiguredSecret("hearing", "apiKey", null, null, now, "It cannot be read.")]
                : [new ConfiguredSecret("hearing", "apiKey", new Secret(secret), "1234", now)],
            Agents = new Dictionary<string, JsonObject> { ["default"] = new() { ["greeting"] = greeting } },
        };
        Changed?.Invoke(id);
    }

    public void Remove(string id)
    {
        _documents.TryRemove(id, out _);
        Changed?.Invoke(id);
    }

    public ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct) =>
        IsAway ? throw new OrganizationSourceException("The store is away.") : ValueTask.FromResult(_documents.GetValueOrDefault(organizationId));

    public ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<OrganizationSummary>>(
        [
            .. _documents.Values.Where(document => afterId is null || string.CompareOrdinal(document.Id, afterId) > 0).OrderBy(document => document.Id, StringComparer.Ordinal)
                .Take(limit)
                .Select(document => new OrganizationSummary(document.Id, document.Name, document.Revision, document.Origin, null, document.Created, document.Updated)),
        ]);
}

using System.Text.Json.Nodes;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Documents;

/// <summary>The organizations of this host's store.</summary>
internal sealed class StoredOrganizations(IStore store, SecretVault vault) : IOrganizationSource
{
    public event Action<string?>? Changed;

    /// <summary>Tells those who keep what they read that the organization has changed; null: any may have.</summary>
    public void HasChanged(string? organizationId) => Changed?.Invoke(organizationId);

    public async ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct)
    {
        try
        {
            return await store.FindOrganizationAsync(organizationId, ct) is { } record ? Read(record) : null;
        }
        catch (Exception e) when (e is StoreUnavailableException or MasterKeyException)
        {
            throw new OrganizationSourceException(e.Message, e);
        }
    }

    public async ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct)
    {
        try
        {
            return [.. (await store.ListOrganizationsAsync(afterId, limit, ct)).Select(Summary)];
        }
        catch (StoreUnavailableException e)
        {
            throw new OrganizationSourceException(e.Message, e);
        }
    }

    private static OrganizationSummary Summary(OrganizationRow row) =>
        new(row.Id, row.Name, row.Revision, ConfigurationOrigin.Api, null, row.Created, row.Updated);

    private OrganizationDocument Read(OrganizationRecord record) => new()
    {
        Id = record.Organization.Id,
        Name = record.Organization.Name,
        Revision = record.Organization.Revision,
        Origin = ConfigurationOrigin.Api,
        Created = record.Organization.Created,
        Updated = record.Organization.Updated,
        Providers = [.. record.Providers.Select(row => new ConfiguredProvider(row.Key, Parse(row.Config), row.IsEnabled, row.Priority, row.Revision, row.Updated))],
        Secrets = [.. record.Secrets.Select(row => Decrypt(record.Organization.Id, row))],
        Agents = record.Agents.ToDictionary(row => row.Name, row => Parse(row.Settings), StringComparer.Ordinal),
    };

    // One secret that cannot be read takes one provider away, not the organization.
    private ConfiguredSecret Decrypt(string organizationId, SecretRow row)
    {
        try
        {
            var value = vault.Decrypt(new SecretOwner(organizationId, row.ProviderKey, row.Name), row.Encrypted);
            return new ConfiguredSecret(row.ProviderKey, row.Name, value, row.Hint, row.Updated);
        }
        catch (SecretUnreadableException e)
        {
            return new ConfiguredSecret(row.ProviderKey, row.Name, null, row.Hint, row.Updated, e.Message);
        }
    }

    private static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text)!;
}

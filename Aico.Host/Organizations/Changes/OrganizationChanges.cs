using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Providers;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Changes;

/// <summary>
/// Changes the configuration of this host's organizations: checks everything, writes it in one transaction, and tells those who keep
/// what they have read. Expected revisions: null takes whatever is there, 0 wants that there is nothing.
/// </summary>
/// <remarks>
/// Every method throws <see cref="OrganizationNotFoundException"/>, <see cref="FileManagedException"/>, <see cref="SettingsException"/> with
/// all that is wrong, <see cref="StoreConflictException"/> and <see cref="StoreUnavailableException"/>.
/// </remarks>
internal sealed partial class OrganizationChanges(
    IStore store, SecretVault vault, StoredOrganizations stored, IOrganizationSource all, ConfigurationRules rules)
{
    public const int LongestName = 200;

    /// <summary>The configuration of an organization, wherever it is configured.</summary>
    public async ValueTask<OrganizationDocument> FindAsync(string organizationId, CancellationToken ct) =>
        await all.FindAsync(organizationId, ct) ?? throw OrganizationNotFoundException.Organization(organizationId);

    /// <summary>Makes an organization.</summary>
    /// <exception cref="StoreConflictException">There is one of this id.</exception>
    public async ValueTask<OrganizationDocument> CreateAsync(string id, string name, StoreActor actor, CancellationToken ct)
    {
        var errors = new List<SettingsError>();
        if (!Id().IsMatch(id))
        {
            errors.Add(new SettingsError("/id", SettingsProblem.Invalid, "An id has 1 to 64 lower case letters, digits and hyphens, and begins and ends with a letter or digit."));
        }

        errors.AddRange(CheckName(name));
        if (errors.Count > 0)
        {
            throw new SettingsException("organization", errors);
        }

        if (await all.FindAsync(id, ct) is not null)
        {
            throw new StoreConflictException($"The organization \"{id}\"", 0, 1);
        }

        await ApplyAsync(id, [new StoreChange.CreateOrganization(id, name.Trim())], actor, ct);
        return await FindAsync(id, ct);
    }

    public async ValueTask<OrganizationDocument> RenameAsync(string id, string name, long? expected, StoreActor actor, CancellationToken ct)
    {
        await RequireStoredAsync(id, ct);
        if (CheckName(name).ToList() is { Count: > 0 } errors)
        {
            throw new SettingsException("organization", errors);
        }

        await ApplyAsync(id, [new StoreChange.RenameOrganization(id, name.Trim()) { ExpectedRevision = expected }], actor, ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Deletes an organization with its configuration, secrets and keys.</summary>
    public async ValueTask DeleteAsync(string id, long? expected, StoreActor actor, CancellationToken ct)
    {
        await RequireStoredAsync(id, ct);
        await ApplyAsync(id, [new StoreChange.DeleteOrganization(id) { ExpectedRevision = expected }], actor, ct);
    }

    /// <summary>Sets a provider. What is null stays as it is, or takes its default where there was nothing: {}, enabled, 100.</summary>
    public async ValueTask<OrganizationDocument> PutProviderAsync(
        string id, string key, ProviderPatch patch, long? expected, StoreActor actor, CancellationToken ct)
    {
        var document = await RequireStoredAsync(id, ct);
        var definition = rules.Require(key);
        var now = document.Provider(key);
        var config = patch.Config ?? now?.Config ?? [];
        ConfigurationRules.CheckProvider(definition, config);
        if (patch.Config is not null || (patch.IsEnabled ?? now?.IsEnabled ?? true))
        {
            // What leads where it may not can still be switched off.
            rules.CheckAddresses(definition, config);
        }

        var change = new StoreChange.PutProvider(
            id,
            key,
            config.ToJsonString(),
            patch.IsEnabled ?? now?.IsEnabled ?? true,
            patch.Priority ?? now?.Priority ?? ConfiguredProvider.DefaultPriority)
        { ExpectedRevision = expected };
        await ApplyAsync(id, [change], actor, ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Takes a provider's settings away; its secrets stay.</summary>
    public async ValueTask DeleteProviderAsync(string id, string key, long? expected, StoreActor actor, CancellationToken ct)
    {
        var document = await RequireStoredAsync(id, ct);
        if (document.Provider(key) is null)
        {
            throw new OrganizationNotFoundException($"The organization \"{id}\" has no settings of a provider \"{key}\".");
        }

        await ApplyAsync(id, [new StoreChange.DeleteProvider(id, key) { ExpectedRevision = expected }], actor, ct);
    }

    /// <summary>Sets secrets of a provider; others of it stay. Setting one again rotates it.</summary>
    /// <param name="id">The organization.</param>
    /// <param name="key">The provider.</param>
    /// <param name="secrets">Values by name.</param>
    /// <param name="showsHint">True: the last four characters are kept in clear, so that people can tell keys apart.</param>
    /// <param name="actor">Who.</param>
    /// <param name="ct">Gives up.</param>
    public async ValueTask<OrganizationDocument> PutSecretsAsync(
        string id, string key, IReadOnlyDictionary<string, string> secrets, bool showsHint, StoreActor actor, CancellationToken ct)
    {
        await RequireStoredAsync(id, ct);
        var definition = rules.Require(key);
        var values = ConfigurationRules.CheckSecrets(definition, secrets);
        var written = values
            .Select(secret => new NewSecret(secret.Key, vault.Encrypt(new SecretOwner(id, key, secret.Key), secret.Value), showsHint ? HintOf(secret.Value.Reveal()) : null))
            .ToList();
        await ApplyAsync(id, [new StoreChange.PutSecrets(id, key, written)], actor, ct);
        return await FindAsync(id, ct);
    }

    /// <summary>Takes secrets of a provider away; null: all of it.</summary>
    public async ValueTask DeleteSecretsAsync(string id, string key, IReadOnlyList<string>? names, StoreActor actor, CancellationToken ct)
    {
        var document = await RequireStoredAsync(id, ct);
        var missing = names?.FirstOrDefault(name => document.SecretsOf(key).All(secret => secret.Name != name));
        if (missing is not null || !document.SecretsOf(key).Any())
        {
            throw new OrganizationNotFoundException($"The organization \"{id}\" has no secret{(missing is null ? "" : $" \"{missing}\"")} of a provider \"{key}\".");
        }

        await ApplyAsync(id, [new StoreChange.DeleteSecrets(id, key, names)], actor, ct);
    }

    /// <summary>Sets an agent of the organization, whole.</summary>
    public async ValueTask<OrganizationDocument> PutAgentAsync(
        string id, string name, JsonObject settings, long? expected, StoreActor actor, CancellationToken ct)
    {
        var document = await RequireStoredAsync(id, ct);
        rules.CheckAgent(name, settings, document.Providers);
        await ApplyAsync(id, [new StoreChange.PutAgent(id, name, settings.ToJsonString()) { ExpectedRevision = expected }], actor, ct);
        return await FindAsync(id, ct);
    }

    public async ValueTask DeleteAgentAsync(string id, string name, long? expected, StoreActor actor, CancellationToken ct)
    {
        var document = await RequireStoredAsync(id, ct);
        if (!document.Agents.ContainsKey(name))
        {
            throw new OrganizationNotFoundException($"The organization \"{id}\" has no agent \"{name}\".");
        }

        await ApplyAsync(id, [new StoreChange.DeleteAgent(id, name) { ExpectedRevision = expected }], actor, ct);
    }

    /// <summary>Makes changes that were checked, all or none.</summary>
    public async ValueTask ApplyAsync(string organizationId, IReadOnlyList<StoreChange> changes, StoreActor actor, CancellationToken ct)
    {
        try
        {
            await store.ApplyAsync(changes, actor, ct);
        }
        catch (StoreNotFoundException e)
        {
            throw new OrganizationNotFoundException(e.Message);
        }
        finally
        {
            // Also after a failure: whoever read in between may have seen what was undone.
            stored.HasChanged(organizationId);
        }
    }

    /// <summary>The organization, where it can be changed here.</summary>
    public async ValueTask<OrganizationDocument> RequireStoredAsync(string id, CancellationToken ct)
    {
        var document = await FindAsync(id, ct);
        return document.File is { } file ? throw new FileManagedException(id, file) : document;
    }

    // Four characters of a short secret would be a good part of it.
    private static string? HintOf(string secret) => secret.Length >= 12 ? secret[^4..] : null;

    private static IEnumerable<SettingsError> CheckName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            yield return new SettingsError("/name", SettingsProblem.Invalid, $"A name has 1 to {LongestName} characters.");
        }
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\\z")]
    private static partial Regex Id();
}

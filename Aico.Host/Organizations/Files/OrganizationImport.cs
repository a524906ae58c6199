using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Providers;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Files;

/// <summary>
/// The changes that make an organization of the store be as a file says, all or none. Secrets whose reference leads to nothing keep what they have;
/// secrets that the file does not mention stay.
/// </summary>
/// <param name="Changes">To be made together.</param>
/// <param name="Unset">Secrets that the file names, that have no value here and get none, and why.</param>
internal sealed record OrganizationImport(IReadOnlyList<StoreChange> Changes, IReadOnlyList<string> Unset)
{
    /// <param name="content">What the file says.</param>
    /// <param name="before">The organization as it is; null where there is none.</param>
    /// <param name="secrets">What references mean.</param>
    /// <param name="folder">Where relative ones begin.</param>
    /// <param name="rules">What may be configured.</param>
    /// <param name="vault">Encrypts.</param>
    /// <exception cref="SettingsException">A provider is reached where it may not be.</exception>
    public static OrganizationImport Of(
        OrganizationFileContent content, OrganizationDocument? before, SecretReferences secrets, string folder, ConfigurationRules rules, SecretVault vault)
    {
        var changes = new List<StoreChange>
        {
            before is null
                ? new StoreChange.CreateOrganization(content.Id, content.Name)
                // Also where the name stays: nothing of it may have been changed meanwhile.
                : new StoreChange.RenameOrganization(content.Id, content.Name) { ExpectedRevision = before.Revision },
        };
        var unset = new List<string>();
        foreach (var provider in content.Providers)
        {
            CheckAddresses(rules, provider);
            if (before?.Provider(provider.Key) is not { } now || !IsSame(now, provider))
            {
                changes.Add(new StoreChange.PutProvider(content.Id, provider.Key, provider.Config.ToJsonString(), provider.IsEnabled, provider.Priority));
            }

            AddSecrets(changes, unset, content.Id, provider, before, secrets, folder, vault);
        }

        changes.AddRange((before?.Providers ?? []).Select(provider => provider.Key).Except(content.Providers.Select(provider => provider.Key), StringComparer.Ordinal)
            .Select(key => new StoreChange.DeleteProvider(content.Id, key)));
        changes.AddRange(content.Agents
            .Where(agent => before?.Agents.TryGetValue(agent.Key, out var now) != true || !JsonNode.DeepEquals(now, agent.Value))
            .Select(agent => new StoreChange.PutAgent(content.Id, agent.Key, agent.Value.ToJsonString())));
        changes.AddRange((before?.Agents.Keys ?? []).Except(content.Agents.Keys, StringComparer.Ordinal).Select(name => new StoreChange.DeleteAgent(content.Id, name)));
        return new OrganizationImport(changes, unset);
    }

    /// <summary>True where nothing of the provider but its secrets is to be changed.</summary>
    public static bool IsSame(ConfiguredProvider now, FileProvider provider) =>
        now.IsEnabled == provider.IsEnabled && now.Priority == provider.Priority && JsonNode.DeepEquals(now.Config, provider.Config);

    private static void CheckAddresses(ConfigurationRules rules, FileProvider provider)
    {
        try
        {
            rules.CheckAddresses(rules.Require(provider.Key), provider.Config);
        }
        catch (SettingsException e)
        {
            throw new SettingsException(provider.Key, [.. e.Errors.Select(error => error with { Pointer = $"/providers/{provider.Key}/config{error.Pointer}" })]);
        }
    }

    private static void AddSecrets(
        List<StoreChange> changes, List<string> unset, string id, FileProvider provider, OrganizationDocument? before, SecretReferences references, string folder, SecretVault vault)
    {
        var written = new List<NewSecret>();
        foreach (var (name, reference) in provider.Secrets)
        {
            var now = before?.SecretsOf(provider.Key).FirstOrDefault(secret => secret.Name == name);
            if (references.Resolve(reference, folder) is not ({ } value, _))
            {
                if (now is null)
                {
                    unset.Add($"{provider.Key}: the secret \"{name}\" is not set. {references.Resolve(reference, folder).Problem}");
                }
            }
            else if (now?.Value?.Reveal() != value.Reveal())
            {
                written.Add(new NewSecret(name, vault.Encrypt(new SecretOwner(id, provider.Key, name), value), null));
            }
        }

        if (written.Count > 0)
        {
            changes.Add(new StoreChange.PutSecrets(id, provider.Key, written));
        }
    }
}

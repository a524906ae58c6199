using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Egress;

namespace Aico.Host.Organizations.Changes;

/// <summary>What may be configured: one place for the API, files and commands. Every check names all that is wrong at once.</summary>
internal sealed partial class ConfigurationRules(ProviderCatalog catalog, EgressPolicy? egress = null)
{
    private const int LongestSecret = 16_384;

    // Stands in for secrets that are not known when settings are checked.
    private static readonly Secret Unknown = new("unknown");

    /// <summary>True for what can be the id of an organization or the name of an agent.</summary>
    public static bool IsName(string text) => AgentName().IsMatch(text);

    /// <exception cref="UnknownProviderException">No plugin has it.</exception>
    public ProviderDefinition Require(string key) =>
        catalog.Find(key) ?? throw new UnknownProviderException(key, NearestName.AllOf(key, catalog.Definitions.Select(definition => definition.Key)));

    /// <summary>Checks settings. Whether secrets are missing is not looked at: they are set by themselves.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static void CheckProvider(ProviderDefinition definition, JsonObject config) =>
        definition.Settings.Bind(definition.Key, config, definition.Settings.Secrets.ToDictionary(secret => secret.Name, _ => Unknown));

    /// <summary>Checks that the settings lead nowhere that the operator does not let organizations reach; what a name leads to is looked at when it is used.</summary>
    /// <exception cref="SettingsException">They do.</exception>
    public void CheckAddresses(ProviderDefinition definition, JsonObject config)
    {
        if (egress is null)
        {
            return;
        }

        var errors = ProviderAddress.In(definition.SettingsSchema, config)
            .Select(address => (address.Pointer, Problem: address.Problem ?? egress.RefusalUnresolved(address.Host, address.Port)))
            .Where(found => found.Problem is not null)
            .Select(found => new SettingsError(found.Pointer, SettingsProblem.Invalid, found.Problem!))
            .ToList();
        if (errors.Count > 0)
        {
            throw new SettingsException(definition.Key, errors);
        }
    }

    /// <exception cref="SettingsException">A name is unknown, or a value cannot be one.</exception>
    public static IReadOnlyDictionary<string, Secret> CheckSecrets(ProviderDefinition definition, IReadOnlyDictionary<string, string> secrets)
    {
        var errors = new List<SettingsError>();
        var values = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var known = definition.Settings.Secrets.Select(secret => secret.Name).ToList();
        foreach (var (name, value) in secrets)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var nearest = NearestName.Of(name, known);
                var help = nearest is not null ? $"; did you mean \"{nearest}\"?" : known.Count == 0 ? ": this provider has none." : $"; there is {string.Join(", ", known)}.";
                errors.Add(new SettingsError($"/{name}", SettingsProblem.UnknownSecret, $"There is no secret \"{name}\"{help}", nearest));
            }
            else if (string.IsNullOrWhiteSpace(value) || value.Length > LongestSecret || value.Any(char.IsControl))
            {
                // Control characters would end a header and begin another.
                errors.Add(new SettingsError($"/{name}", SettingsProblem.Invalid, $"A secret has 1 to {LongestSecret} characters, without control characters such as line ends."));
            }
            else
            {
                values[name] = new Secret(value.Trim());
            }
        }

        if (secrets.Count == 0)
        {
            errors.Add(new SettingsError("", SettingsProblem.Missing, known.Count == 0 ? "This provider has no secrets." : $"No secret is given; there is {string.Join(", ", known)}."));
        }

        return errors.Count == 0 ? values : throw new SettingsException(definition.Key, errors);
    }

    /// <summary>Checks an agent's profile together with the settings that it lays over those of providers.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public void CheckAgent(string name, JsonObject settings, IReadOnlyList<ConfiguredProvider> providers)
    {
        if (!AgentName().IsMatch(name))
        {
            throw new SettingsException("agent", [new SettingsError("", SettingsProblem.Invalid, "An agent's name has 1 to 64 lower case letters, digits and hyphens, and begins and ends with a letter or digit.")]);
        }

        var profile = AgentProfiles.Bind(settings);
        var errors = new List<SettingsError>();
        foreach (var (key, overrides) in profile.Providers ?? new Dictionary<string, JsonObject>())
        {
            errors.AddRange(CheckOverrides(key, overrides, providers));
        }

        if (errors.Count > 0)
        {
            throw new SettingsException("agent", errors);
        }
    }

    private List<SettingsError> CheckOverrides(string key, JsonObject? overrides, IReadOnlyList<ConfiguredProvider> providers)
    {
        var at = $"/providers/{key}";
        if (catalog.Find(key) is not { } definition)
        {
            var nearest = NearestName.Of(key, catalog.Definitions.Select(candidate => candidate.Key));
            return [new SettingsError(at, SettingsProblem.UnknownSetting, $"There is no provider \"{key}\"{(nearest is null ? "." : $"; did you mean \"{nearest}\"?")}", nearest)];
        }

        var errors = (overrides ?? []).Select(setting => setting.Key).Where(OrganizationResolver.IsFixed)
            .Select(name => new SettingsError($"{at}/{name}", SettingsProblem.Invalid, $"An agent cannot set \"{name}\": where a provider is reached is set for the organization."))
            .ToList();
        if (errors.Count == 0)
        {
            var config = providers.FirstOrDefault(provider => provider.Key == key)?.Config ?? [];
            try
            {
                CheckProvider(definition, OrganizationResolver.Merge(config, ConfigurationOrigin.Api, overrides).Settings);
            }
            catch (SettingsException e)
            {
                errors.AddRange(e.Errors.Select(error => error with { Pointer = at + error.Pointer }));
            }
        }

        return errors;
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?\\z")]
    private static partial Regex AgentName();
}

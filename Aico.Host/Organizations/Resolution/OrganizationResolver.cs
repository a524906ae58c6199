using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Resolution;

/// <summary>
/// Turns an organization's configuration into chains of checked providers: the plugin's defaults, then the organization, then the agent's
/// profile, then the secrets; where allowed the environment's provider is the last of each chain. Pure: asks nothing and makes nothing.
/// </summary>
internal sealed class OrganizationResolver(EnvironmentProviders environment, bool usesEnvironment)
{
    // Where a provider is reached is the organization's decision, not that of one of its agents.
    private static readonly string[] Fixed = ["baseUrl", "host", "port", "endpoint", "useTls"];

    /// <summary>The version of what no organization has configured.</summary>
    public const string EnvironmentVersion = "environment";

    /// <summary>True for settings that an agent's profile cannot lay over those of its organization.</summary>
    public static bool IsFixed(string setting) => Fixed.Contains(setting, StringComparer.Ordinal);

    /// <summary>True where the environment's providers stand behind the organizations' own.</summary>
    public bool UsesEnvironment => usesEnvironment;

    /// <param name="organizationId">Whose.</param>
    /// <param name="agentName">Which of its agents.</param>
    /// <param name="document">Its configuration; null where it has none and the environment is to serve it.</param>
    /// <param name="definitions">The providers that there are.</param>
    public ResolvedOrganization Resolve(
        string organizationId, string agentName, OrganizationDocument? document, IReadOnlyList<ProviderDefinition> definitions)
    {
        var problems = new List<ResolutionProblem>();
        var warnings = new List<string>();
        var profile = document is null ? new AgentProfile() : AgentProfiles.Read(document, agentName, problems);
        var chains = new Dictionary<ProviderKind, IReadOnlyList<ResolvedProvider>>();
        var own = document is null ? [] : Own(document, profile, definitions, problems, warnings);
        foreach (var kind in ProviderKinds.All)
        {
            var chain = own.Where(provider => provider.Definition.Kind == kind).ToList();
            if (usesEnvironment && FromEnvironment(kind, profile, definitions, problems, warnings) is { } last && chain.All(entry => entry.Key != last.Key))
            {
                chain.Add(last);
            }

            chains[kind] = chain;
        }

        return new ResolvedOrganization
        {
            Id = organizationId,
            AgentName = agentName,
            Version = VersionOf(document),
            Mode = document is null ? ConfigurationMode.Environment : usesEnvironment ? ConfigurationMode.Hybrid : ConfigurationMode.Backend,
            Agent = profile,
            Chains = chains,
            Problems = problems,
            Warnings = warnings,
            Document = document,
            Definitions = definitions,
        };
    }

    /// <summary>What is set of a provider, in the order of who wins, and where it comes from. Nothing is checked.</summary>
    public static (JsonObject Settings, Dictionary<string, ConfigurationOrigin> Origins) Merge(
        JsonObject config, ConfigurationOrigin origin, JsonObject? ofAgent)
    {
        var settings = (JsonObject)config.DeepClone();
        var origins = settings.ToDictionary(setting => $"/{setting.Key}", _ => origin, StringComparer.Ordinal);
        foreach (var (name, value) in ofAgent ?? [])
        {
            settings[name] = value?.DeepClone();
            origins[$"/{name}"] = ConfigurationOrigin.Agent;
        }

        return (settings, origins);
    }

    private static string VersionOf(OrganizationDocument? document) =>
        document is null ? EnvironmentVersion : $"{(document.Origin == ConfigurationOrigin.File ? "file" : document.Origin == ConfigurationOrigin.Backend ? "backend" : "api")}:{document.Revision}";

    private static List<ResolvedProvider> Own(
        OrganizationDocument document, AgentProfile profile, IReadOnlyList<ProviderDefinition> definitions,
        List<ResolutionProblem> problems, List<string> warnings)
    {
        var resolved = new List<ResolvedProvider>();
        foreach (var provider in document.Providers
            .Where(provider => provider.IsEnabled)
            .OrderByDescending(provider => provider.Priority)
            .ThenBy(provider => provider.Key, StringComparer.Ordinal))
        {
            if (definitions.FirstOrDefault(definition => definition.Key == provider.Key) is not { } definition)
            {
                problems.Add(new ResolutionProblem(provider.Key, null, $"No loaded plugin has a provider \"{provider.Key}\"; \"aico plugin list\" says what was loaded and what was not."));
            }
            else if (Resolve(document, provider, definition, profile, problems) is { } entry)
            {
                resolved.Add(entry);
                if (ModelEnd.WarningFor(definition, entry.Settings) is { } warning)
                {
                    warnings.Add(warning);
                }
            }
        }

        return resolved;
    }

    private static ResolvedProvider? Resolve(
        OrganizationDocument document, ConfiguredProvider provider, ProviderDefinition definition, AgentProfile profile, List<ResolutionProblem> problems)
    {
        var ofAgent = profile.Providers?.GetValueOrDefault(provider.Key);
        foreach (var name in (ofAgent ?? []).Select(setting => setting.Key).Where(IsFixed))
        {
            problems.Add(new ResolutionProblem(
                provider.Key, definition.Kind, $"An agent's profile cannot set \"{name}\": where a provider is reached is set for the organization.", $"/{name}"));
            return null;
        }

        var (settings, origins) = Merge(provider.Config, document.Origin, ofAgent);
        var secrets = new Dictionary<string, Secret>(StringComparer.Ordinal);
        foreach (var secret in document.SecretsOf(provider.Key))
        {
            if (secret.Value is { } value)
            {
                secrets[secret.Name] = value;
            }
            else
            {
                problems.Add(new ResolutionProblem(provider.Key, definition.Kind, secret.Problem ?? "The secret cannot be read.", $"/{secret.Name}", secret.Name));
            }
        }

        try
        {
            definition.Settings.Bind(provider.Key, settings, secrets);
        }
        catch (SettingsException e)
        {
            // Of a secret that is set but cannot be read it is said already why it is missing.
            var told = problems.Where(problem => problem.ProviderKey == provider.Key).Select(problem => problem.MissingSecret).OfType<string>().ToHashSet(StringComparer.Ordinal);
            problems.AddRange(e.Errors.Where(error => !(error.Problem == SettingsProblem.MissingSecret && told.Contains(error.Pointer[1..]))).Select(error => new ResolutionProblem(
                provider.Key, definition.Kind, error.Message, error.Pointer, error.Problem == SettingsProblem.MissingSecret ? error.Pointer.TrimStart('/') : null)));
            return null;
        }

        return new ResolvedProvider
        {
            Definition = definition,
            Settings = settings,
            Secrets = secrets,
            Priority = provider.Priority,
            Origin = document.Origin,
            Origins = origins,
            Revision = provider.Revision,
        };
    }

    private ResolvedProvider? FromEnvironment(
        ProviderKind kind, AgentProfile profile, IReadOnlyList<ProviderDefinition> definitions, List<ResolutionProblem> problems, List<string> warnings)
    {
        try
        {
            return environment.Find(kind, definitions, profile.Language, warnings);
        }
        catch (ProviderChoiceException e)
        {
            problems.Add(new ResolutionProblem("environment", kind, e.Message));
            return null;
        }
    }
}

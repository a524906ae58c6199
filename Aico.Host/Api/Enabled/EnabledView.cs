using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Providers;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Api.Enabled;

/// <summary>The enabled providers of an organization: its own, in fallback order, without what its agents lay over them.</summary>
internal static class EnabledView
{
    /// <param name="organization">As it is now.</param>
    /// <param name="kind">Null: every kind.</param>
    /// <param name="revealsSecrets">True: in clear.</param>
    /// <exception cref="ApiException">A secret that one of them needs is missing.</exception>
    public static EnabledAnswer Of(ResolvedOrganization organization, ProviderKind? kind, bool revealsSecrets)
    {
        var missing = new JsonArray();
        var providers = new JsonArray();
        var problems = new JsonArray();
        // The environment's providers are not the organization's: where that alone serves it, there are none.
        var document = organization.Document ?? Nothing(organization.Id);
        foreach (var (provider, definition) in Enabled(document, organization.Definitions, kind))
        {
            var secrets = document.SecretsOf(provider.Key).ToDictionary(secret => secret.Name, StringComparer.Ordinal);
            if (MissingSecrets.Of(definition, document) is { Count: > 0 } names)
            {
                missing.Add(MissingSecrets.Describe(definition, names));
            }
            else if (Problems(definition, provider.Config) is { Count: > 0 } found)
            {
                found.ForEach(problems.Add);
            }
            else
            {
                providers.Add(Describe(provider, definition, secrets, revealsSecrets));
            }
        }

        // Of which kind it was nobody knows any more.
        foreach (var gone in document.Providers.Where(provider => provider.IsEnabled && organization.Definitions.All(definition => definition.Key != provider.Key)))
        {
            problems.Add(Problem(gone.Key, null, "No loaded plugin brings it."));
        }

        if (missing.Count > 0)
        {
            throw MissingSecrets.Problem(missing);
        }

        var answer = new JsonObject
        {
            ["organizationId"] = organization.Id,
            ["revision"] = document.Revision,
            ["providers"] = providers,
        };
        if (problems.Count > 0)
        {
            answer["problems"] = problems;
        }

        var body = ApiReply.Bytes(answer);
        return new EnabledAnswer(body, ApiReply.Tag(body, document.Revision));
    }

    private static OrganizationDocument Nothing(string id) => new() { Id = id, Name = id, Revision = 0, Origin = ConfigurationOrigin.Environment };

    private static IEnumerable<(ConfiguredProvider Provider, ProviderDefinition Definition)> Enabled(
        OrganizationDocument document, IReadOnlyList<ProviderDefinition> definitions, ProviderKind? kind) =>
        document.Providers
            .Where(provider => provider.IsEnabled)
            .Join(definitions, provider => provider.Key, definition => definition.Key, (provider, definition) => (provider, definition))
            .Where(entry => kind is null || entry.definition.Kind == kind)
            .OrderBy(entry => ProviderKinds.All.ToList().IndexOf(entry.definition.Kind))
            .ThenByDescending(entry => entry.provider.Priority)
            .ThenBy(entry => entry.provider.Key, StringComparer.Ordinal);

    // Settings were valid when they were written; the plugin may have been replaced since.
    private static List<JsonObject> Problems(ProviderDefinition definition, JsonObject config)
    {
        try
        {
            ConfigurationRules.CheckProvider(definition, config);
            return [];
        }
        catch (SettingsException e)
        {
            return [.. e.Errors.Select(error => Problem(definition.Key, error.Pointer, error.Message))];
        }
    }

    private static JsonObject Problem(string provider, string? pointer, string message) =>
        new() { ["provider"] = provider, ["pointer"] = pointer, ["message"] = message };

    private static JsonObject Describe(
        ConfiguredProvider provider, ProviderDefinition definition, Dictionary<string, ConfiguredSecret> secrets, bool revealsSecrets)
    {
        var shown = new JsonObject();
        foreach (var name in definition.Settings.Secrets.Select(secret => secret.Name).Where(secrets.ContainsKey))
        {
            if (!revealsSecrets)
            {
                shown[name] = new JsonObject { ["set"] = true };
            }
            else if (secrets[name].Value is { } value)
            {
                shown[name] = value.Reveal();
            }
        }

        return new JsonObject
        {
            ["key"] = provider.Key,
            ["type"] = ProviderKinds.Code(definition.Kind),
            ["displayName"] = definition.Descriptor.DisplayName,
            ["config"] = ProviderDefaults.With(definition, provider.Config),
            ["secrets"] = shown,
            ["isEnabled"] = true,
            ["priority"] = provider.Priority,
        };
    }
}

using System.Text.Json.Nodes;
using Aico.Host.Api.Enabled;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Api.OrganizationProviders;

/// <summary>A provider with what an organization has set of it; secrets are set or not set.</summary>
internal static class OrganizationProviderView
{
    public static JsonObject Of(ProviderDefinition definition, OrganizationDocument? document)
    {
        var entry = document?.Provider(definition.Key);
        var set = document?.SecretsOf(definition.Key).ToDictionary(secret => secret.Name, StringComparer.Ordinal) ?? [];
        var secrets = new JsonObject();
        foreach (var secret in definition.Settings.Secrets)
        {
            secrets[secret.Name] = Describe(set.GetValueOrDefault(secret.Name));
        }

        return new JsonObject
        {
            ["key"] = definition.Key,
            ["type"] = ProviderKinds.Code(definition.Kind),
            ["displayName"] = definition.Descriptor.DisplayName,
            ["isConfigured"] = entry is not null,
            ["isEnabled"] = entry?.IsEnabled ?? false,
            ["priority"] = entry?.Priority,
            ["config"] = entry?.Config.DeepClone() ?? new JsonObject(),
            ["secrets"] = secrets,
            ["missingSecrets"] = new JsonArray([.. MissingSecrets.Of(definition, document).Select(name => (JsonNode)name)]),
            ["revision"] = entry?.Revision,
            ["updatedAt"] = entry is null ? null : ApiJson.Time(entry.Updated),
        };
    }

    /// <summary>One that no plugin brings.</summary>
    public static JsonObject OfGone(ConfiguredProvider provider, OrganizationDocument document) => new()
    {
        ["key"] = provider.Key,
        ["type"] = null,
        ["displayName"] = provider.Key,
        ["isConfigured"] = true,
        ["isEnabled"] = provider.IsEnabled,
        ["priority"] = provider.Priority,
        ["config"] = provider.Config.DeepClone(),
        ["secrets"] = new JsonObject(document.SecretsOf(provider.Key).Select(secret => KeyValuePair.Create<string, JsonNode?>(secret.Name, Describe(secret)))),
        ["missingSecrets"] = new JsonArray(),
        ["revision"] = provider.Revision,
        ["updatedAt"] = ApiJson.Time(provider.Updated),
    };

    private static JsonObject Describe(ConfiguredSecret? secret) => secret is null
        ? new JsonObject { ["set"] = false }
        : new JsonObject { ["set"] = true, ["hint"] = secret.Hint, ["updatedAt"] = ApiJson.Time(secret.Updated), ["problem"] = secret.Problem };
}

using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Api.Enabled;

/// <summary>Secrets that a provider needs and an organization has not set.</summary>
internal static class MissingSecrets
{
    /// <summary>One that is set but cannot be read is as good as missing: setting it again mends it.</summary>
    public static IReadOnlyList<string> Of(ProviderDefinition definition, OrganizationDocument? document)
    {
        var secrets = document?.SecretsOf(definition.Key).Where(secret => secret.Value is not null).ToDictionary(secret => secret.Name, secret => secret.Value!, StringComparer.Ordinal) ?? [];
        try
        {
            definition.Settings.Bind(definition.Key, document?.Provider(definition.Key)?.Config ?? [], secrets);
            return [];
        }
        catch (SettingsException e)
        {
            return [.. e.Errors.Where(error => error.Problem == SettingsProblem.MissingSecret).Select(error => error.Pointer.TrimStart('/'))];
        }
    }

    public static JsonObject Describe(ProviderDefinition definition, IReadOnlyList<string> names) =>
        new() { ["provider"] = definition.Key, ["secrets"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };

    public static ApiException Problem(JsonArray missing) => new(ApiProblem.MissingSecrets, "Set them with PUT /api/organizations/current/providers/{key}/secrets.")
    {
        Members = new Dictionary<string, JsonNode?> { ["missingSecrets"] = missing },
    };
}

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
        var set = document?.SecretsOf(definition.Key).Where(secret => secret.Value is not null).Select(secret => secret.Name).ToList() ?? [];
        return [.. definition.Settings.Secrets.Where(secret => secret.IsRequired && !set.Contains(secret.Name)).Select(secret => secret.Name)];
    }

    public static JsonObject Describe(ProviderDefinition definition, IReadOnlyList<string> names) =>
        new() { ["provider"] = definition.Key, ["secrets"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };

    public static ApiException Problem(JsonArray missing) => new(ApiProblem.MissingSecrets, "Set them with PUT /api/organizations/current/providers/{key}/secrets.")
    {
        Members = new Dictionary<string, JsonNode?> { ["missingSecrets"] = missing },
    };
}

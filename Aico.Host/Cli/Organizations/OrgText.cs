using System.Text.Json.Nodes;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Organizations.Documents;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Organizations;

/// <summary>How organizations are printed. No secret is.</summary>
internal static class OrgText
{
    public static string Origin(ConfigurationOrigin origin) => origin.ToString().ToLowerInvariant();

    public static object Json(OrganizationDocument document, IOrganizationDesk desk) => new
    {
        document.Id,
        document.Name,
        document.Revision,
        origin = Origin(document.Origin),
        document.File,
        document.Created,
        document.Updated,
        providers = Keys(document).Select(key => Provider(document, key, desk)),
        agents = document.Agents,
    };

    public static object Provider(OrganizationDocument document, string key, IOrganizationDesk desk)
    {
        var provider = document.Provider(key);
        return new
        {
            key,
            type = desk.KindOf(key) is { } kind ? ProviderKinds.Code(kind) : null,
            isConfigured = provider is not null,
            isEnabled = provider?.IsEnabled ?? false,
            priority = provider?.Priority,
            config = provider?.Config ?? [],
            secrets = document.SecretsOf(key).ToDictionary(
                secret => secret.Name, secret => new { set = secret.Value is not null, secret.Hint, secret.Updated, secret.Problem }, StringComparer.Ordinal),
        };
    }

    public static void Print(TextWriter output, OrganizationDocument document, IOrganizationDesk desk)
    {
        output.WriteLine($"{document.Id}  {document.Name}  revision {document.Revision}  {Place(document)}");
        var table = new CliTable("TYPE", "PROVIDER", "ENABLED", "PRIORITY", "SETTINGS", "SECRETS");
        foreach (var key in Keys(document).OrderBy(key => desk.KindOf(key)).ThenByDescending(key => document.Provider(key)?.Priority).ThenBy(key => key, StringComparer.Ordinal))
        {
            var (provider, secrets) = (document.Provider(key), document.SecretsOf(key).ToList());
            table.Add(
                [
                    desk.KindOf(key) is { } kind ? ProviderKinds.Code(kind) : "?",
                    key,
                    provider is null ? "-" : provider.IsEnabled ? "yes" : "no",
                    $"{provider?.Priority}",
                    provider is null ? "" : string.Join(' ', provider.Config.Select(setting => $"{setting.Key}={Value(setting.Value)}")),
                    string.Join(' ', secrets.Select(secret => secret.Hint is { } hint ? $"{secret.Name}=…{hint}" : secret.Name)),
                ],
                [.. secrets.Select(secret => secret.Problem), desk.KindOf(key) is null ? "No loaded plugin brings it." : null]);
        }

        table.Write(output);
        foreach (var (name, settings) in document.Agents)
        {
            output.WriteLine($"agent {name}: {string.Join(", ", settings.Select(setting => setting.Key))}");
        }
    }

    public static string Value(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? plain) ? plain : value?.ToJsonString() ?? "null";

    // A server has calls of its default organization, which may be configured nowhere.
    private static string Place(OrganizationDocument document) =>
        document.File is { } file ? $"described by {file}"
        : document.Origin == ConfigurationOrigin.Environment ? "configured nowhere: its calls are served by the host's environment"
        : "kept in the database";

    private static IEnumerable<string> Keys(OrganizationDocument document) =>
        document.Providers.Select(provider => provider.Key).Concat(document.Secrets.Select(secret => secret.ProviderKey)).Distinct(StringComparer.Ordinal);
}

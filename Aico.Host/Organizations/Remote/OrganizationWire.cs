using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Remote;

/// <summary>
/// An organization's whole configuration on its way from one host to another, secrets in clear: to be sent to who has the internal key, over
/// a connection that nobody else reads.
/// </summary>
internal static class OrganizationWire
{
    public static JsonObject Write(OrganizationDocument document) => new()
    {
        ["id"] = document.Id,
        ["name"] = document.Name,
        ["revision"] = document.Revision,
        ["created"] = Write(document.Created),
        ["updated"] = Write(document.Updated),
        ["providers"] = new JsonArray([.. document.Providers.Select(Write)]),
        ["secrets"] = new JsonArray([.. document.Secrets.Select(Write)]),
        ["agents"] = new JsonObject(document.Agents.Select(agent => KeyValuePair.Create<string, JsonNode?>(agent.Key, agent.Value.DeepClone()))),
    };

    public static JsonObject Write(OrganizationSummary organization) => new()
    {
        ["id"] = organization.Id,
        ["name"] = organization.Name,
        ["revision"] = organization.Revision,
        ["created"] = Write(organization.Created),
        ["updated"] = Write(organization.Updated),
    };

    /// <exception cref="FormatException">It has another shape, such as that of a newer version; says nothing of what is in it.</exception>
    public static OrganizationDocument ReadDocument(JsonNode? json) => Read(json, organization => new OrganizationDocument
    {
        Id = Text(organization["id"]),
        Name = Text(organization["name"]),
        Revision = organization["revision"]!.GetValue<long>(),
        Origin = ConfigurationOrigin.Backend,
        Created = Time(organization["created"]),
        Updated = Time(organization["updated"]),
        Providers = [.. organization["providers"]!.AsArray().Select(provider => ReadProvider(provider!.AsObject()))],
        Secrets = [.. organization["secrets"]!.AsArray().Select(secret => ReadSecret(secret!.AsObject()))],
        Agents = organization["agents"]!.AsObject().ToDictionary(agent => agent.Key, agent => (JsonObject)agent.Value!.DeepClone(), StringComparer.Ordinal),
    });

    /// <exception cref="FormatException">It has another shape.</exception>
    public static IReadOnlyList<OrganizationSummary> ReadSummaries(JsonNode? json) => Read(json, answer =>
        (IReadOnlyList<OrganizationSummary>)
        [
            .. answer["organizations"]!.AsArray().Select(node => node!.AsObject()).Select(organization => new OrganizationSummary(
                Text(organization["id"]),
                Text(organization["name"]),
                organization["revision"]!.GetValue<long>(),
                ConfigurationOrigin.Backend,
                null,
                Time(organization["created"]),
                Time(organization["updated"]))),
        ]);

    private static T Read<T>(JsonNode? json, Func<JsonObject, T> read)
    {
        try
        {
            return read(json!.AsObject());
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or InvalidCastException)
        {
            throw new FormatException("The answer has another shape than this version reads.");
        }
    }

    private static JsonNode Write(ConfiguredProvider provider) => new JsonObject
    {
        ["key"] = provider.Key,
        ["config"] = provider.Config.DeepClone(),
        ["isEnabled"] = provider.IsEnabled,
        ["priority"] = provider.Priority,
        ["revision"] = provider.Revision,
        ["updated"] = Write(provider.Updated),
    };

    private static ConfiguredProvider ReadProvider(JsonObject provider) => new(
        Text(provider["key"]),
        (JsonObject)provider["config"]!.AsObject().DeepClone(),
        provider["isEnabled"]!.GetValue<bool>(),
        provider["priority"]!.GetValue<int>(),
        provider["revision"]!.GetValue<long>(),
        Time(provider["updated"]));

    private static JsonNode Write(ConfiguredSecret secret) => new JsonObject
    {
        ["provider"] = secret.ProviderKey,
        ["name"] = secret.Name,
        ["value"] = secret.Value?.Reveal(),
        ["hint"] = secret.Hint,
        ["updated"] = Write(secret.Updated),
        ["problem"] = secret.Problem,
    };

    private static ConfiguredSecret ReadSecret(JsonObject secret) => new(
        Text(secret["provider"]),
        Text(secret["name"]),
        secret["value"] is { } value ? new Secret(Text(value)) : null,
        secret["hint"]?.GetValue<string>(),
        Time(secret["updated"]),
        secret["problem"]?.GetValue<string>());

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static string Write(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonNode? node) => DateTimeOffset.Parse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}

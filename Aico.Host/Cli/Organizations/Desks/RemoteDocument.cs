using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Resolution;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>Reads what the API answers with. Answers of another shape end in exceptions that <see cref="RemoteApi.Read"/> knows.</summary>
internal static class RemoteDocument
{
    // The API says of a secret that it is set, never what it is.
    private static readonly Secret NotGiven = new("not given by the server");

    public static OrganizationSummary Summary(JsonObject organization) => new(
        Text(organization["id"]),
        Text(organization["name"]),
        organization["revision"]!.GetValue<long>(),
        Origin(organization["origin"]),
        organization["file"]?.GetValue<string>(),
        Time(organization["createdAt"]),
        Time(organization["updatedAt"]));

    public static OrganizationDocument Read(JsonObject organization, IReadOnlyList<JsonObject> providers, JsonArray agents)
    {
        var summary = Summary(organization);
        return new OrganizationDocument
        {
            Id = summary.Id,
            Name = summary.Name,
            Revision = summary.Revision,
            Origin = summary.Origin,
            File = summary.File,
            Created = summary.Created,
            Updated = summary.Updated,
            Providers = [.. Configured(providers)],
            Secrets = [.. providers.SelectMany(Secrets)],
            Agents = agents.ToDictionary(agent => Text(agent!["name"]), agent => (JsonObject)agent!["settings"]!.AsObject().DeepClone(), StringComparer.Ordinal),
        };
    }

    /// <summary>The part of an organization that a change of one provider is answered with.</summary>
    public static OrganizationDocument OfProvider(string id, JsonObject provider) => new()
    {
        Id = id,
        Name = id,
        Revision = provider["revision"]?.GetValue<long>() ?? 0,
        Origin = ConfigurationOrigin.Api,
        Providers = [.. Configured([provider])],
        Secrets = [.. Secrets(provider)],
    };

    public static OrganizationFileStatus File(JsonObject file) => new(
        Text(file["organizationId"]),
        Text(file["file"]),
        file["isServed"]!.GetValue<bool>(),
        file["revision"]?.GetValue<long>(),
        [.. file["errors"]!.AsArray().Select(error => new OrganizationFileError(Text(error!["pointer"]), error["line"]!.GetValue<int>(), error["column"]!.GetValue<int>(), Text(error["message"])))],
        file["servedSince"]?.GetValue<DateTimeOffset>(),
        file["brokenSince"]?.GetValue<DateTimeOffset>());

    public static ExplainedProvider Explained(JsonObject entry) => new(
        Text(entry["key"]),
        entry["priority"]?.GetValue<int>(),
        Origin(entry["origin"]),
        [
            .. entry["values"]!.AsArray().Select(value => new ExplainedValue(
                Text(value!["pointer"]), value["value"]?.DeepClone(), Origin(value["origin"]), value["isHidden"]!.GetValue<bool>())),
        ],
        [.. entry["secrets"]!.AsArray().Where(secret => secret!["set"]!.GetValue<bool>()).Select(secret => Text(secret!["name"]))]);

    public static ResolutionProblem Problem(JsonObject problem) => new(
        Text(problem["provider"]), null, Text(problem["message"]), problem["pointer"]?.GetValue<string>(), problem["missingSecret"]?.GetValue<string>());

    private static IEnumerable<ConfiguredProvider> Configured(IEnumerable<JsonObject> providers) => providers
        .Where(provider => provider["isConfigured"]!.GetValue<bool>())
        .Select(provider => new ConfiguredProvider(
            Text(provider["key"]),
            (JsonObject)provider["config"]!.AsObject().DeepClone(),
            provider["isEnabled"]!.GetValue<bool>(),
            provider["priority"]!.GetValue<int>(),
            provider["revision"]?.GetValue<long>() ?? 0,
            Time(provider["updatedAt"])));

    private static IEnumerable<ConfiguredSecret> Secrets(JsonObject provider) => provider["secrets"]!.AsObject()
        .Where(secret => secret.Value!["set"]!.GetValue<bool>())
        .Select(secret => new ConfiguredSecret(
            Text(provider["key"]),
            secret.Key,
            secret.Value!["problem"] is null ? NotGiven : null,
            secret.Value["hint"]?.GetValue<string>(),
            Time(secret.Value["updatedAt"]),
            secret.Value["problem"]?.GetValue<string>()));

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static ConfigurationOrigin Origin(JsonNode? node) => Enum.Parse<ConfigurationOrigin>(Text(node), ignoreCase: true);

    private static DateTimeOffset Time(JsonNode? node) => node?.GetValue<DateTimeOffset>() ?? default;
}

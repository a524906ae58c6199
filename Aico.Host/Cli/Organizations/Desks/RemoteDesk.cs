using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Organizations;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>The organizations of a server, through its API.</summary>
/// <param name="api">Disposed with this.</param>
/// <param name="openHost">Opens the plugins of this machine, which files are checked with.</param>
/// <param name="environment">What references in files lead to.</param>
internal sealed class RemoteDesk(RemoteApi api, Func<AicoHost> openHost, IReadOnlyDictionary<string, string> environment) : IOrganizationDesk
{
    public const string Organizations = "/api/organizations";
    public const string Providers = $"{Current}/providers";
    public const string Agents = $"{Current}/agents";
    private const string Current = $"{Organizations}/current";

    private readonly Dictionary<string, ProviderKind> _kinds = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<OrganizationFileStatus>> FilesAsync(CancellationToken ct)
    {
        var answer = await api.AskAsync(HttpMethod.Get, OrganizationFileEndpoints.Path, null, ct);
        return api.Read<IReadOnlyList<OrganizationFileStatus>>(() => [.. answer["files"]!.AsArray().Select(file => RemoteDocument.File(file!.AsObject()))]);
    }

    public ProviderKind? KindOf(string providerKey) => _kinds.TryGetValue(providerKey, out var kind) ? kind : null;

    public async Task<IReadOnlyList<OrganizationSummary>> ListAsync(CancellationToken ct)
    {
        var all = new List<OrganizationSummary>();
        string? after = null;
        do
        {
            var answer = await api.AskAsync(HttpMethod.Get, $"{Organizations}?limit=200{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}", null, ct);
            all.AddRange(api.Read(() => answer["organizations"]!.AsArray().Select(organization => RemoteDocument.Summary(organization!.AsObject())).ToList()));
            after = api.Read(() => answer["next"]?.GetValue<string>());
        }
        while (after is not null);
        return all;
    }

    public async Task<OrganizationDocument> FindAsync(string id, CancellationToken ct) => await ReadAsync(id, await api.AskAsync(HttpMethod.Get, Current, id, ct), ct);

    public async Task<OrganizationImported> ImportAsync(string path, string? id, CancellationToken ct)
    {
        OrganizationFileContent content;
        await using (var host = openHost())
        {
            content = await OrganizationFile.ReadAsync(path, id, new OrganizationFileReader(new ConfigurationRules(host.Catalog)), ct);
        }

        var now = await api.FindAsync(Current, content.Id, ct);
        // One that is configured nowhere is there for calls, and yet to be made.
        var before = now is null || now["createdAt"] is null ? null : await ReadAsync(content.Id, now, ct);
        if (before?.File is { } managed)
        {
            throw new FileManagedException(content.Id, managed);
        }

        var import = new RemoteImport(api, content, before, new SecretReferences(environment), Path.GetDirectoryName(path)!);
        await import.RunAsync(ct);
        return new OrganizationImported(await FindAsync(content.Id, ct), before is null, import.Changes, import.Unset);
    }

    public async Task<OrganizationDocument> FindChangeableAsync(string id, CancellationToken ct)
    {
        var document = await FindAsync(id, ct);
        return document.File is { } file ? throw new FileManagedException(id, file) : document;
    }

    public async Task<ProviderShape> ShapeOfAsync(string providerKey, CancellationToken ct)
    {
        var provider = await api.AskAsync(HttpMethod.Get, $"/api/providers/{Uri.EscapeDataString(providerKey)}", null, ct);
        return api.Read(() => new ProviderShape(
            provider["settingsSchema"]!.AsObject(), [.. (provider["secretsSchema"]!["properties"] as JsonObject ?? []).Select(secret => secret.Key)]));
    }

    // The file lies on the server.
    public Task<string?> FileTextAsync(OrganizationDocument document, CancellationToken ct) => Task.FromResult<string?>(null);

    public async Task<Explanation> ExplainAsync(string id, string agent, CancellationToken ct)
    {
        var answers = new List<(ProviderKind Kind, JsonObject Answer)>();
        foreach (var kind in ProviderKinds.All)
        {
            answers.Add((kind, await api.AskAsync(HttpMethod.Get, $"{Providers}/{ProviderKinds.Code(kind)}/explain?agent={Uri.EscapeDataString(agent)}", id, ct)));
        }

        return api.Read(() =>
        {
            var first = answers[0].Answer;
            return new Explanation(
                first["organizationId"]!.GetValue<string>(),
                first["agent"]!.GetValue<string>(),
                first["version"]!.GetValue<string>(),
                Enum.Parse<ConfigurationMode>(first["mode"]!.GetValue<string>(), ignoreCase: true),
                [.. answers.Select(answer => new ExplainedChain(answer.Kind, [.. answer.Answer["chain"]!.AsArray().Select(entry => RemoteDocument.Explained(entry!.AsObject()))]))],
                // What is wrong with a provider that no plugin knows is in the answer of every kind.
                [.. answers.SelectMany(answer => answer.Answer["problems"]!.AsArray().Select(problem => RemoteDocument.Problem(problem!.AsObject()))).Distinct()],
                []);
        });
    }

    public async Task<OrganizationDocument> CreateAsync(string id, string name, CancellationToken ct)
    {
        var made = await api.AskAsync(HttpMethod.Post, Organizations, null, ct, new JsonObject { ["id"] = id, ["name"] = name });
        return api.Read(() => RemoteDocument.Read(made, [], []));
    }

    public async Task DeleteAsync(string id, CancellationToken ct) =>
        await api.AskAsync(HttpMethod.Delete, $"{Organizations}/{Uri.EscapeDataString(id)}", null, ct);

    public async Task<OrganizationDocument> PutProviderAsync(string id, string providerKey, ProviderPatch patch, long? expected, CancellationToken ct)
    {
        var body = new JsonObject();
        if (patch.Config is { } config)
        {
            body["config"] = config.DeepClone();
        }

        if (patch.IsEnabled is { } isEnabled)
        {
            body["isEnabled"] = isEnabled;
        }

        if (patch.Priority is { } priority)
        {
            body["priority"] = priority;
        }

        return OfOne(id, await api.AskAsync(HttpMethod.Put, $"{PathOf(providerKey)}/config", id, ct, body, expected));
    }

    public async Task<OrganizationDocument> PutSecretsAsync(
        string id, string providerKey, IReadOnlyDictionary<string, string> secrets, bool showsHint, CancellationToken ct)
    {
        var values = new JsonObject(secrets.Select(secret => KeyValuePair.Create<string, JsonNode?>(secret.Key, secret.Value)));
        return OfOne(id, await api.AskAsync(
            HttpMethod.Put, $"{PathOf(providerKey)}/secrets", id, ct, new JsonObject { ["secrets"] = values, ["showLastFour"] = showsHint }));
    }

    public async Task DeleteSecretsAsync(string id, string providerKey, IReadOnlyList<string>? names, CancellationToken ct)
    {
        var query = names is null ? "" : $"?{string.Join('&', names.Select(name => $"name={Uri.EscapeDataString(name)}"))}";
        await api.AskAsync(HttpMethod.Delete, $"{PathOf(providerKey)}/secrets{query}", id, ct);
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<OrganizationDocument> ReadAsync(string id, JsonObject organization, CancellationToken ct)
    {
        var providers = await api.AskAsync(HttpMethod.Get, Providers, id, ct);
        var agents = await api.AskAsync(HttpMethod.Get, Agents, id, ct);
        return api.Read(() => RemoteDocument.Read(
            organization, [.. providers["providers"]!.AsArray().Select(provider => Known(provider!.AsObject()))], agents["agents"]!.AsArray()));
    }

    private static string PathOf(string providerKey) => $"{Providers}/{Uri.EscapeDataString(providerKey)}";

    private OrganizationDocument OfOne(string id, JsonObject provider) => api.Read(() => RemoteDocument.OfProvider(id, Known(provider)));

    private JsonObject Known(JsonObject provider)
    {
        if (provider["type"]?.GetValue<string>() is { } code && ProviderKinds.Parse(code) is { } kind)
        {
            _kinds[provider["key"]!.GetValue<string>()] = kind;
        }

        return provider;
    }
}

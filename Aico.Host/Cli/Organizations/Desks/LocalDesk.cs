using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api.Providers;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>The organizations of this machine.</summary>
/// <param name="organizations">Disposed with this.</param>
internal sealed class LocalDesk(LocalOrganizations organizations) : IOrganizationDesk
{
    private const int Page = 500;

    // This process has read them just now: since when a host has known them, and what it serves, is for the host to say.
    public Task<IReadOnlyList<OrganizationFileStatus>> FilesAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<OrganizationFileStatus>>([.. organizations.Files.Select(file => file with { ServedSince = null, BrokenSince = null })]);

    public ProviderKind? KindOf(string providerKey) => organizations.Host.Catalog.Find(providerKey)?.Kind;

    public async Task<IReadOnlyList<OrganizationSummary>> ListAsync(CancellationToken ct)
    {
        var all = new List<OrganizationSummary>();
        while (await organizations.Source.ListAsync(all.Count == 0 ? null : all[^1].Id, Page, ct) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    public async Task<OrganizationDocument> FindAsync(string id, CancellationToken ct) => await organizations.Changes.FindAsync(id, ct);

    public async Task<OrganizationDocument> FindChangeableAsync(string id, CancellationToken ct) => await organizations.Changes.RequireStoredAsync(id, ct);

    public Task<ProviderShape> ShapeOfAsync(string providerKey, CancellationToken ct)
    {
        var definition = organizations.Rules.Require(providerKey);
        return Task.FromResult(new ProviderShape(definition.SettingsSchema, [.. definition.Settings.Secrets.Select(secret => secret.Name)]));
    }

    public async Task<string?> FileTextAsync(OrganizationDocument document, CancellationToken ct) =>
        document.File is { } file ? await File.ReadAllTextAsync(file, ct) : null;

    public async Task<Explanation> ExplainAsync(string id, string agent, CancellationToken ct)
    {
        var document = await FindAsync(id, ct);
        if (agent != AgentProfiles.DefaultName && !document.Agents.ContainsKey(agent))
        {
            throw new CliException($"\"{document.Id}\" has no agent \"{agent}\".");
        }

        var resolved = organizations.Resolver.Resolve(document.Id, agent, document, organizations.Host.Catalog.Definitions);
        return new Explanation(
            resolved.Id,
            resolved.AgentName,
            resolved.Version,
            resolved.Mode,
            [.. ProviderKinds.All.Select(kind => new ExplainedChain(kind, [.. resolved.Chain(kind).Select(Explain)]))],
            resolved.Problems,
            resolved.Warnings);
    }

    public async Task<OrganizationImported> ImportAsync(string path, string? id, CancellationToken ct)
    {
        var content = await OrganizationFile.ReadAsync(path, id, organizations.Reader, ct);
        var before = await organizations.Source.FindAsync(content.Id, ct);
        if (before?.File is { } managed)
        {
            throw new FileManagedException(content.Id, managed);
        }

        var import = OrganizationImport.Of(content, before, organizations.Secrets, Path.GetDirectoryName(path)!, organizations.Rules, organizations.Vault);
        await organizations.Changes.ApplyAsync(content.Id, import.Changes, DataOptions.Actor, ct);
        return new OrganizationImported(await FindAsync(content.Id, ct), before is null, import.Changes.Count, import.Unset);
    }

    public async Task<OrganizationDocument> CreateAsync(string id, string name, CancellationToken ct) =>
        await organizations.Changes.CreateAsync(id, name, DataOptions.Actor, ct);

    public async Task DeleteAsync(string id, CancellationToken ct) => await organizations.Changes.DeleteAsync(id, null, DataOptions.Actor, ct);

    public async Task<OrganizationDocument> PutProviderAsync(string id, string providerKey, ProviderPatch patch, long? expected, CancellationToken ct) =>
        await organizations.Changes.PutProviderAsync(id, providerKey, patch, expected, DataOptions.Actor, ct);

    public async Task<OrganizationDocument> PutSecretsAsync(
        string id, string providerKey, IReadOnlyDictionary<string, string> secrets, bool showsHint, CancellationToken ct) =>
        await organizations.Changes.PutSecretsAsync(id, providerKey, secrets, showsHint, DataOptions.Actor, ct);

    public async Task DeleteSecretsAsync(string id, string providerKey, IReadOnlyList<string>? names, CancellationToken ct) =>
        await organizations.Changes.DeleteSecretsAsync(id, providerKey, names, DataOptions.Actor, ct);

    public ValueTask DisposeAsync() => organizations.DisposeAsync();

    private static ExplainedProvider Explain(ResolvedProvider entry) =>
        new(entry.Key, entry.Priority, entry.Origin, [.. Values(entry)], [.. entry.Secrets.Keys]);

    // The uppermost level, where origins are known; what was not set is the plugin's default. By name, as a server answers.
    private static IEnumerable<ExplainedValue> Values(ResolvedProvider entry) =>
        ProviderDefaults.With(entry.Definition, entry.Settings).OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting =>
            new ExplainedValue($"/{setting.Key}", setting.Value, entry.Origins.GetValueOrDefault($"/{setting.Key}", ConfigurationOrigin.Default)));
}

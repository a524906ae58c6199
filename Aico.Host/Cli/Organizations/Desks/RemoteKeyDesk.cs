using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>The keys of an organization of a server.</summary>
/// <param name="api">Disposed with this.</param>
/// <param name="organization">Whose keys.</param>
internal sealed class RemoteKeyDesk(RemoteApi api, string organization) : IKeyDesk
{
    private const string Path = "/api/organizations/current/keys";

    public async Task<NewApiKey> CreateAsync(string name, IReadOnlyList<string> scopes, DateTimeOffset? expires, CancellationToken ct)
    {
        var body = new JsonObject { ["name"] = name, ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]) };
        if (expires is { } end)
        {
            body["expiresAt"] = end;
        }

        return Made(await api.AskAsync(HttpMethod.Post, Path, organization, ct, body));
    }

    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken ct)
    {
        var answer = await api.AskAsync(HttpMethod.Get, Path, organization, ct);
        return api.Read<IReadOnlyList<ApiKeyRow>>(() => [.. answer["keys"]!.AsArray().Select(key => Row(key!.AsObject()))]);
    }

    public async Task<NewApiKey> RotateAsync(string keyId, TimeSpan? overlap, DateTimeOffset? expires, CancellationToken ct)
    {
        if (expires is not null)
        {
            throw new CliException("--expires-in: with --server a new key lives as long as the old one was given; leave it out.");
        }

        var body = overlap is { } both ? new JsonObject { ["overlapSeconds"] = both.TotalSeconds } : [];
        return Made(await api.AskAsync(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(keyId)}/rotate", organization, ct, body));
    }

    public async Task RevokeAsync(string keyId, CancellationToken ct) =>
        await api.AskAsync(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(keyId)}", organization, ct);

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    private NewApiKey Made(JsonObject answer) => api.Read(() => new NewApiKey(Row(answer), new Secret(answer["key"]!.GetValue<string>())));

    private ApiKeyRow Row(JsonObject key) => new()
    {
        Id = key["id"]!.GetValue<string>(),
        OrganizationId = organization,
        Name = key["name"]!.GetValue<string>(),
        Hash = ReadOnlyMemory<byte>.Empty,
        Scopes = [.. key["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>())],
        Created = key["createdAt"]!.GetValue<DateTimeOffset>(),
        Expires = key["expiresAt"]?.GetValue<DateTimeOffset>(),
        Ended = key["endedAt"]?.GetValue<DateTimeOffset>(),
        LastUsed = key["lastUsedAt"]?.GetValue<DateTimeOffset>(),
    };
}

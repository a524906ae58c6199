using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>
/// Makes an organization of a server be as a file says. The API has no request for all of it: each change is one, and those before one that
/// is refused have been made.
/// </summary>
internal sealed class RemoteImport(RemoteApi api, OrganizationFileContent content, OrganizationDocument? before, SecretReferences references, string folder)
{
    private readonly List<string> _unset = [];
    private int _changes;

    /// <summary>Secrets that the file names and that have no value, and why.</summary>
    public IReadOnlyList<string> Unset => _unset;

    public int Changes => _changes;

    /// <exception cref="CliException">A change was refused; says how many were made before it.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await NameAsync(ct);
            foreach (var provider in content.Providers)
            {
                await PutAsync(provider, ct);
            }

            foreach (var gone in (before?.Providers ?? []).Select(provider => provider.Key).Except(content.Providers.Select(provider => provider.Key), StringComparer.Ordinal))
            {
                await ChangeAsync(HttpMethod.Delete, $"{Provider(gone)}/config", null, ct);
            }

            await AgentsAsync(ct);
        }
        catch (CliException e) when (_changes > 0)
        {
            throw new CliException($"{e.Message} {_changes} changes before this one have been made, and stay.", e.ExitCode);
        }
    }

    private async Task NameAsync(CancellationToken ct)
    {
        if (before is null)
        {
            await api.AskAsync(HttpMethod.Post, RemoteDesk.Organizations, null, ct, new JsonObject { ["id"] = content.Id, ["name"] = content.Name });
            _changes++;
        }
        else if (before.Name != content.Name)
        {
            await api.AskAsync(
                HttpMethod.Put, $"{RemoteDesk.Organizations}/{Uri.EscapeDataString(content.Id)}", null, ct, new JsonObject { ["name"] = content.Name }, before.Revision);
            _changes++;
        }
    }

    private async Task PutAsync(FileProvider provider, CancellationToken ct)
    {
        if (before?.Provider(provider.Key) is not { } now || !OrganizationImport.IsSame(now, provider))
        {
            var body = new JsonObject { ["config"] = provider.Config.DeepClone(), ["isEnabled"] = provider.IsEnabled, ["priority"] = provider.Priority };
            await ChangeAsync(HttpMethod.Put, $"{Provider(provider.Key)}/config", body, ct);
        }

        var written = new JsonObject();
        foreach (var (name, reference) in provider.Secrets)
        {
            var found = references.Resolve(reference, folder);
            if (found is ({ } value, _))
            {
                // Also one that is there already: nobody here can see whether it is the same.
                written[name] = value.Reveal();
            }
            else if (before?.SecretsOf(provider.Key).Any(secret => secret.Name == name) != true)
            {
                _unset.Add($"{provider.Key}: the secret \"{name}\" is not set. {found.Problem}");
            }
        }

        if (written.Count > 0)
        {
            await ChangeAsync(HttpMethod.Put, $"{Provider(provider.Key)}/secrets", new JsonObject { ["secrets"] = written }, ct);
        }
    }

    private async Task AgentsAsync(CancellationToken ct)
    {
        foreach (var (name, settings) in content.Agents)
        {
            if (before?.Agents.TryGetValue(name, out var now) != true || !JsonNode.DeepEquals(now, settings))
            {
                await ChangeAsync(HttpMethod.Put, Agent(name), (JsonObject)settings.DeepClone(), ct);
            }
        }

        foreach (var gone in (before?.Agents.Keys ?? []).Except(content.Agents.Keys, StringComparer.Ordinal))
        {
            await ChangeAsync(HttpMethod.Delete, Agent(gone), null, ct);
        }
    }

    private async Task ChangeAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        await api.AskAsync(method, path, content.Id, ct, body);
        _changes++;
    }

    private static string Provider(string key) => $"{RemoteDesk.Providers}/{Uri.EscapeDataString(key)}";

    private static string Agent(string name) => $"{RemoteDesk.Agents}/{Uri.EscapeDataString(name)}";
}

using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Keys;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench.Api;

/// <summary>The real API over a real database in a folder that goes with it, with one organization of a few providers.</summary>
internal sealed class BenchApi : IAsyncDisposable
{
    public const string Organization = "bench";
    public const string WrittenProvider = "flite";

    private static readonly StoreActor _actor = new("bench");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-bench-");
    private readonly Stack<IAsyncDisposable> _owned = new();

    private BenchApi()
    {
    }

    public string Key { get; } = Guid.NewGuid().ToString("n");

    public Uri Address { get; private set; } = null!;

    public static async Task<BenchApi> StartAsync(AicoHost host, CancellationToken ct)
    {
        var bench = new BenchApi();
        try
        {
            await bench.OpenAsync(host, ct);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_owned.TryPop(out var owned))
        {
            await owned.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task OpenAsync(AicoHost host, CancellationToken ct)
    {
        var (time, loggers, folder) = (TimeProvider.System, NullLoggerFactory.Instance, new DataFolder(_folder.FullName));
        var store = await SqliteStore.OpenAsync(folder.Database, time, loggers, ct);
        _owned.Push(store);
        var vault = new SecretVault(MasterKeys.Open(folder, new Dictionary<string, string>()));
        var stored = new StoredOrganizations(store, vault);
        var changes = new OrganizationChanges(store, vault, stored, stored, new ConfigurationRules(host.Catalog));
        await changes.CreateAsync(Organization, "Bench", _actor, ct);
        foreach (var key in new[] { "moonshine", "flite", "espeak", "scripted", "silero", "openai" }.Where(key => host.Catalog.Find(key) is not null))
        {
            await changes.PutProviderAsync(Organization, key, new ProviderPatch(new JsonObject()), null, _actor, ct);
        }

        if (host.Catalog.Find("openai") is not null)
        {
            await changes.PutSecretsAsync(Organization, "openai", new Dictionary<string, string> { ["apiKey"] = "sk-bench-0123456789" }, false, _actor, ct);
        }

        var cache = new OrganizationCache(
            stored, new OrganizationResolver(EnvironmentProviders.None, usesEnvironment: false), host.Catalog, new OrganizationCacheOptions(), time, NullLogger.Instance);
        var agents = new OrganizationAgents(cache, new HostAgent(new AgentSettings(), new RoomCallSettings()), host.AgentMaking);
        _owned.Push(agents);
        var keys = new ApiKeys(store, time);
        var server = await ApiServer.StartAsync(
            new ApiOptions { Port = 0, Key = new Secret(Key), Rate = null },
            new ApiServices
            {
                Agents = agents,
                Calls = new RoomCallRegistry(time),
                Problems = () => [],
                IsBroken = () => false,
                Loggers = loggers,
                Configuration = new ApiConfiguration(host.Catalog, host.Providers, cache, stored, changes, keys, store),
                Authenticators = [async (token, cancel) => await keys.AuthenticateAsync(token, cancel) is { } key ? ApiCaller.Of(key) : null],
            },
            ct);
        _owned.Push(server);
        Address = server.Address;
    }
}

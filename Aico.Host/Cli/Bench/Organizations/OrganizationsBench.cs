using System.Diagnostics;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Agents;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Bench.Organizations;

/// <summary>Measures a store with many organizations, and a host over it, in a folder that goes with it.</summary>
internal sealed class OrganizationsBench(AicoHost host, int count, int providers, TextWriter progress) : IAsyncDisposable
{
    private const int Asked = 1_000;
    private const int ChangesAtOnce = 2_000;

    private static readonly StoreActor _actor = new("bench");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-bench-");

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    public async Task<OrganizationsBenchResult> RunAsync(CancellationToken ct)
    {
        var (full, empty) = (new DataFolder(Path.Combine(_folder.FullName, "full")), new DataFolder(Path.Combine(_folder.FullName, "empty")));
        await progress.WriteLineAsync($"writing {count} organizations");
        await FillAsync(full, ct);
        var bytes = new DirectoryInfo(full.Path).EnumerateFiles("aico.db*").Sum(file => file.Length);
        await progress.WriteLineAsync("starting a host over them, and one over nothing");
        var ids = Enumerable.Range(0, Math.Min(Asked, count)).Select(i => Id((int)((long)i * count / Math.Min(Asked, count)))).ToList();
        // The first start of a process on a machine reads its files from the disk.
        await ServedHost.MeasureAsync(empty, host.Http, [], ct);
        var alone = await ServedHost.MeasureAsync(empty, host.Http, ids, ct);
        var served = await ServedHost.MeasureAsync(full, host.Http, ids, ct);
        await progress.WriteLineAsync("resolving");
        var (cold, nanoseconds, allocated) = await ResolveAsync(full, ct);
        return new OrganizationsBenchResult(
            count, providers, bytes, served.StartMs, alone.StartMs, served.ResidentBytes, alone.ResidentBytes, cold, nanoseconds, allocated);
    }

    private static string Id(int number) => FormattableString.Invariant($"org-{number:000000}");

    private async Task FillAsync(DataFolder folder, CancellationToken ct)
    {
        await using var store = await SqliteStore.OpenAsync(folder.Database, TimeProvider.System, NullLoggerFactory.Instance, ct);
        var vault = new SecretVault(MasterKeys.Open(folder, new Dictionary<string, string>()));
        var definitions = host.Catalog.Definitions.Take(providers).ToList();
        var changes = new List<StoreChange>();
        for (var i = 0; i < count; i++)
        {
            var id = Id(i);
            changes.Add(new StoreChange.CreateOrganization(id, $"Organization {i}"));
            changes.Add(new StoreChange.PutAgent(id, AgentProfiles.DefaultName, """{"instructions":"You answer the telephone of a shop. Be brief.","greeting":"Hello, what can I do for you?"}"""));
            foreach (var definition in definitions)
            {
                changes.Add(new StoreChange.PutProvider(id, definition.Key, "{}", true, 100 + (i % 7)));
                var secrets = definition.Settings.Secrets
                    .Select(secret => new NewSecret(secret.Name, vault.Encrypt(new SecretOwner(id, definition.Key, secret.Name), new Secret($"key-{i}-of-{definition.Key}")), null))
                    .ToList();
                if (secrets.Count > 0)
                {
                    changes.Add(new StoreChange.PutSecrets(id, definition.Key, secrets));
                }
            }

            if (changes.Count >= ChangesAtOnce || i == count - 1)
            {
                await store.ApplyAsync(changes, _actor, ct);
                changes.Clear();
            }
        }
    }

    private async Task<(Percentiles Cold, double Nanoseconds, double Bytes)> ResolveAsync(DataFolder folder, CancellationToken ct)
    {
        await using var store = await SqliteStore.OpenAsync(folder.Database, TimeProvider.System, NullLoggerFactory.Instance, ct);
        var source = new StoredOrganizations(store, new SecretVault(MasterKeys.Open(folder, new Dictionary<string, string>())));
        using var cache = new OrganizationCache(
            source, new OrganizationResolver(EnvironmentProviders.None, usesEnvironment: false), host.Catalog, new OrganizationCacheOptions(), TimeProvider.System, NullLogger.Instance);
        var cold = new List<double>();
        for (var i = 0; i < Math.Min(Asked, count); i++)
        {
            var began = Stopwatch.GetTimestamp();
            _ = await cache.FindAsync(Id(i), AgentProfiles.DefaultName, ct);
            cold.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        const int Times = 1_000_000;
        var last = Id(Math.Min(Asked, count) - 1);
        Repeat(cache, last, Times, ct);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        Repeat(cache, last, Times, ct);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return (Percentiles.Of(cold.Skip(cold.Count > 100 ? 50 : 0))!, elapsed.TotalNanoseconds / Times, (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times);
    }

    private static void Repeat(OrganizationCache cache, string id, int times, CancellationToken ct)
    {
        for (var i = 0; i < times; i++)
        {
            var found = cache.FindAsync(id, AgentProfiles.DefaultName, ct);
            if (!found.IsCompletedSuccessfully || found.Result is null)
            {
                throw new InvalidOperationException("What is kept is answered at once.");
            }
        }
    }
}

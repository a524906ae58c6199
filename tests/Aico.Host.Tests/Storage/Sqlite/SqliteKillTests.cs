using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Storage.Sqlite;

public class SqliteKillTests
{
    private const int Kills = 200;

    /// <summary>Databases that are written and killed side by side: starting a process keeps a core busy for about 170 ms.</summary>
    private const int Lanes = 2;

    [Test]
    public async Task Has_every_acknowledged_write_after_each_of_200_kills()
    {
        // One generous bound for all: it takes 25 s on two idle cores.
        using var bound = new CancellationTokenSource(TimeSpan.FromMinutes(5));

        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunAsync(new Random(lane), Kills / Lanes, bound.Token)));

        TestContext.Out.WriteLine($"{acknowledged.Sum()} writes were acknowledged before {Kills} kills, and all are there");
    }

    /// <returns>How many writes were acknowledged.</returns>
    private static async Task<int> RunAsync(Random random, int kills, CancellationToken ct)
    {
        using var subject = new SqliteSubject();
        var total = 0;
        StoreWriterProcess? next = StoreWriterProcess.Start(subject.Path, "run-0");
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                using var writer = next!;
                next = null;
                writer.Begin();
                // Starts while this one is at work; it does not touch the database before it is told to.
                next = kill + 1 < kills ? StoreWriterProcess.Start(subject.Path, $"run-{kill + 1}") : null;
                var acknowledged = await KillAsync(writer, random, ct);

                await VerifyAsync(subject, $"run-{kill}", acknowledged, ct);
                total += acknowledged.Count;
            }
        }
        finally
        {
            next?.Dispose();
        }

        return total;
    }

    /// <summary>Kills it some writes and some microseconds after its first write; between writes there is another on its way.</summary>
    private static async Task<Dictionary<string, long>> KillAsync(StoreWriterProcess writer, Random random, CancellationToken ct)
    {
        var acknowledged = new Dictionary<string, long>();
        for (var more = random.Next(1, 30); more > 0; more--)
        {
            var (provider, revision) = (await writer.AcknowledgedAsync(ct)) ?? throw new InvalidOperationException("The writer ended by itself; its error is on standard error.");
            acknowledged.Add(provider, revision);
        }

        Thread.SpinWait(random.Next(20_000));
        writer.Kill();
        // What it printed before it died counts too.
        while (await writer.AcknowledgedAsync(ct) is { } last)
        {
            acknowledged.Add(last.Provider, last.Revision);
        }

        await writer.EndedAsync(ct);
        return acknowledged;
    }

    private static async Task VerifyAsync(SqliteSubject subject, string organization, Dictionary<string, long> acknowledged, CancellationToken ct)
    {
        await using var store = await SqliteStore.OpenAsync(subject.Path, TimeProvider.System, NullLoggerFactory.Instance, ct);
        (await store.CheckAsync(ct)).Should().BeEmpty();
        var there = (await store.FindOrganizationAsync(organization, ct))!.Providers.ToDictionary(provider => provider.Key, provider => provider.Revision);
        acknowledged.Should().NotBeEmpty().And.BeSubsetOf(there, $"{organization} was told so");
        (await store.RevisionAsync(ct)).Should().BeGreaterThanOrEqualTo(acknowledged.Values.Max());
    }
}

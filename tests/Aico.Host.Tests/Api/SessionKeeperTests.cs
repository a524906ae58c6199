using Aico.Host.Api.Sessions;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Aico.Host.Tests.Organizations;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api;

public class SessionKeeperTests
{
    [Test]
    public async Task A_session_that_has_ended_is_there_after_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("aico-sessions-");
        try
        {
            var path = Path.Combine(folder.FullName, "aico.db");
            await using (var store = await OpenAsync(path))
            {
                await store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme")], new StoreActor("test"), CancellationToken.None);
                using var cache = Cache();
                var calls = new RoomCallRegistry(TimeProvider.System);
                await using var keeper = new SessionKeeper(calls, store, new SessionOwner(cache), NullLogger.Instance);
                var lost = calls.Begin("J_0", "nobodys");
                calls.HasEnded(lost, CallEndReason.CallerLost, "nobody named an organization");
                var call = calls.Begin("J_1", "lobby");
                call.Serves(
                    new AgentLease { OrganizationId = "acme", ConfigurationVersion = "api:7", Agent = new AgentSettings(), Room = new RoomCallSettings(), Providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("alpha-llm", null!) } },
                    "caller-1");
                calls.HasEnded(call, CallEndReason.CallerLeft, null);
                // Its organization was deleted while it went on.
                EndedCalls.End(calls, "J_2", "globex");
            }

            await using var again = await OpenAsync(path);
            var row = await again.FindSessionAsync("acme", "J_1", CancellationToken.None);

            row!.Summary.Should().Contain("\"endReason\":\"callerLeft\"").And.Contain("api:7");
            row.Document.Should().Contain("\"turns\":[]");
            (await again.ListSessionsAsync("acme", null, 10, CancellationToken.None)).Should().ContainSingle();
            (await again.ListSessionsAsync("globex", null, 10, CancellationToken.None)).Should().BeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static OrganizationCache Cache()
    {
        var source = new ScriptedOrganizations();
        source.Set(ScriptedOrganizations.Document("acme", 7, []));
        return new OrganizationCache(
            source, new OrganizationResolver(EnvironmentProviders.None, usesEnvironment: false), new ProviderCatalog(), new OrganizationCacheOptions(), TimeProvider.System, NullLogger.Instance);
    }

    private static Task<SqliteStore> OpenAsync(string path) => SqliteStore.OpenAsync(path, new ManualClock(), NullLoggerFactory.Instance, CancellationToken.None);
}

using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreSessionTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Keeps_a_session_and_writes_it_anew()
    {
        var running = Session("s", 0);
        await Store.SaveSessionAsync(running, default);
        (await Store.FindSessionAsync("acme", "s", default)).Should().Be(running);

        var ended = running with { Ended = Clock.Now.AddMinutes(2), Summary = """{"turns":2}""", Document = """{"turns":[1,2]}""" };
        await Store.SaveSessionAsync(ended, default);

        (await Store.FindSessionAsync("acme", "s", default)).Should().Be(ended);
    }

    [Test]
    public async Task Lists_sessions_newest_first_in_pages_without_their_documents()
    {
        foreach (var session in new[] { Session("a", 0), Session("b", 1), Session("c", 1), Session("d", 2) })
        {
            await Store.SaveSessionAsync(session with { Document = "{}" }, default);
        }

        var first = await Store.ListSessionsAsync("acme", null, 2, default);
        var second = await Store.ListSessionsAsync("acme", (first[^1].Started, first[^1].Id), 2, default);

        first.Should().Equal(Session("d", 2), Session("c", 1));
        second.Should().Equal(Session("b", 1), Session("a", 0));
    }

    [Test]
    public async Task Shows_no_session_of_another_organization_and_lets_two_have_the_same_id()
    {
        await Store.SaveSessionAsync(Session("s", 0), default);
        await Store.SaveSessionAsync(Session("s", 1) with { OrganizationId = "globex" }, default);

        (await Store.FindSessionAsync("acme", "s", default)).Should().Be(Session("s", 0));
        (await Store.FindSessionAsync("initech", "s", default)).Should().BeNull();
        (await Store.ListSessionsAsync("globex", null, 10, default)).Should().ContainSingle();
        (await Store.ListSessionsAsync("initech", null, 10, default)).Should().BeEmpty();
    }

    private SessionRow Session(string id, int minutes) => new(id, "acme", $"room of {id}", Clock.Now.AddMinutes(minutes), null, "{}", null);
}

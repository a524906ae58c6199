using Aico.Host.Calls.Agents;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Organizations, their agents, what they used, who changed them, and sessions that the store remembers.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OrganizationTests
{
    private const string Agents = "/api/organizations/current/agents";
    private readonly ManualClock _clock = new();
    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start() => _api = await ConfigurationApi.StartAsync(_clock);

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Are_made_read_renamed_and_deleted()
    {
        var made = await _api.AskAsync("POST", "/api/organizations", """{"id":"acme","name":"Acme"}""", organization: null);
        var again = await _api.AskAsync("POST", "/api/organizations", """{"id":"acme","name":"Acme"}""", organization: null);
        var renamed = await _api.AskAsync("PUT", "/api/organizations/acme", """{"name":"Acme Ltd"}""", null, ("If-Match", made.Headers.ETag!.ToString()));
        var late = await _api.AskAsync("PUT", "/api/organizations/acme", """{"name":"Acme Inc"}""", null, ("If-Match", made.Headers.ETag.ToString()));

        (made.Status, made.Headers.Location!.ToString()).Should().Be((201, "/api/organizations/acme"));
        again.IsProblem(409, "already-exists");
        ((string?)renamed.Body!["name"]).Should().Be("Acme Ltd");
        late.IsProblem(412, "revision-conflict");
        ((string?)(await _api.AskAsync("GET", "/api/organizations/acme", organization: null)).Body!["name"]).Should().Be("Acme Ltd");
        (await _api.AskAsync("DELETE", "/api/organizations/acme", organization: null)).Status.Should().Be(204);
        (await _api.AskAsync("GET", "/api/organizations/acme", organization: null)).IsProblem(404, "unknown-organization");
        (await _api.AskAsync("DELETE", "/api/organizations/acme", organization: null)).IsProblem(404, "unknown-organization");
    }

    [TestCase("""{"id":"Acme!","name":""}""", "/id", "/name")]
    [TestCase("""{"id":"current","name":"x"}""", "/id")]
    [TestCase("""{"identifier":"x"}""", "/identifier")]
    public async Task Are_refused_with_every_field_that_is_wrong(string body, params string[] pointers)
    {
        var answer = await _api.AskAsync("POST", "/api/organizations", body, organization: null);

        answer.IsProblem(400, "invalid-request");
        answer.Errors.Keys.Should().BeEquivalentTo(pointers);
    }

    [Test]
    public async Task Are_listed_in_pages()
    {
        foreach (var id in new[] { "a", "b", "z" })
        {
            await _api.MakeAsync(id);
        }

        var first = await _api.AskAsync("GET", "/api/organizations?limit=2", organization: null);
        var second = await _api.AskAsync("GET", $"/api/organizations?limit=2&after={first.Body!["next"]}", organization: null);

        first.Body["organizations"]!.AsArray().Select(found => (string)found!["id"]!).Should().Equal("a", "b");
        second.Body!["organizations"]!.AsArray().Select(found => (string)found!["id"]!).Should().Equal("filed", "z");
        second.Body["next"].Should().BeNull();
        (await _api.AskAsync("GET", "/api/organizations?limit=0", organization: null)).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Have_agents_with_revisions_of_their_own()
    {
        await _api.MakeAsync("acme");
        var made = await _api.AskAsync("PUT", $"{Agents}/sales", """{"greeting":"Hello."}""", "acme", ("If-None-Match", "*"));
        var wrong = await _api.AskAsync("PUT", $"{Agents}/sales", """{"greting":"x","silence":{"nothing":1},"providers":{"openai":{"baseUrl":"https://elsewhere.example.com"}}}""");
        var changed = await _api.AskAsync("PUT", $"{Agents}/sales", """{"greeting":"Hi."}""", "acme", ("If-Match", made.Headers.ETag!.ToString()));
        var late = await _api.AskAsync("PUT", $"{Agents}/sales", "{}", "acme", ("If-Match", made.Headers.ETag.ToString()));

        made.Status.Should().Be(200);
        wrong.IsProblem(400, "invalid-request");
        wrong.Errors.Keys.Should().Contain("/greting");
        changed.Body!["settings"]!.ToJsonString().Should().Be("""{"greeting":"Hi."}""");
        late.IsProblem(412, "revision-conflict");
        (await _api.AskAsync("GET", Agents)).Body!["agents"]!.AsArray().Select(agent => (string)agent!["name"]!).Should().Equal("sales");
        (await _api.AskAsync("GET", $"{Agents}/nobody")).IsProblem(404, "not-found");
        (await _api.AskAsync("PUT", $"{Agents}/Not!", "{}")).IsProblem(400, "invalid-request");
        (await _api.AskAsync("DELETE", $"{Agents}/sales")).Status.Should().Be(204);
        (await _api.AskAsync("DELETE", $"{Agents}/sales")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Have_their_changes_noted_with_who_made_them()
    {
        await _api.MakeAsync("acme");
        var key = await _api.KeyAsync("acme");
        (await _api.AskWithAsync(key, "PUT", "/api/organizations/current/providers/flite/config", "{}")).Status.Should().Be(200);

        var first = await _api.AskAsync("GET", "/api/organizations/current/audit?limit=1");
        var second = await _api.AskAsync("GET", $"/api/organizations/current/audit?after={first.Body!["next"]}");

        var latest = first.Body["entries"]!.AsArray().Single()!;
        ((string?)latest["actor"]).Should().StartWith("key:k_");
        ((string?)latest["subject"]).Should().Be("flite");
        second.Body!["entries"]!.AsArray().Select(entry => (string)entry!["actor"]!).Should().Contain("internal");
        (await _api.AskAsync("GET", "/api/organizations/current/audit?after=x")).IsProblem(400, "invalid-request");
        (await _api.AskAsync("GET", "/api/organizations/current/audit", organization: "nobody")).IsProblem(404, "unknown-organization");
    }

    [Test]
    public async Task See_what_they_used()
    {
        await _api.MakeAsync("acme");
        UsageRow Row(string organization, string provider) => new()
        {
            OrganizationId = organization,
            At = _clock.Now - TimeSpan.FromHours(1),
            SessionId = "s",
            Kind = "stt",
            Provider = provider,
            Outcome = "useful",
            AudioSeconds = 2.5,
            Cost = 0.01m,
        };
        await _api.Store.AddUsageAsync([Row("acme", "deepgram"), Row("acme", "vosk"), Row("globex", "deepgram")], CancellationToken.None);

        var sum = await _api.AskAsync("GET", "/api/organizations/current/usage");
        var byProvider = await _api.AskAsync("GET", "/api/organizations/current/usage?by=day,provider&from=2026-02-28&to=2026-03-02");

        ((double)sum.Body!["usage"]!.AsArray().Single()!["audioSeconds"]!).Should().Be(5);
        byProvider.Body!["usage"]!.AsArray().Select(row => ((string)row!["day"]!, (string)row["provider"]!)).Should().BeEquivalentTo([("2026-03-01", "deepgram"), ("2026-03-01", "vosk")]);
        var byOutcome = (await _api.AskAsync("GET", "/api/organizations/current/usage?by=outcome")).Body!;
        byOutcome["usage"]![0]!["outcome"]!.ToString().Should().Be("useful");
        byOutcome["usage"]![0]!["outcomes"]!["useful"]!.ToJsonString().Should().Be("""{"attempts":2,"estimatedCostUsd":0.02}""");
        byOutcome["budget"].Should().BeNull();
        (await _api.AskAsync("GET", "/api/organizations/current/usage?by=colour")).IsProblem(400, "invalid-request");
        (await _api.AskAsync("GET", "/api/organizations/current/usage?from=2026-03-02&to=2026-03-01")).IsProblem(400, "invalid-request");
        (await _api.AskAsync("GET", "/api/organizations/current/usage", organization: "nobody")).IsProblem(404, "unknown-organization");
    }

    [Test]
    public async Task See_no_session_of_a_former_one_of_the_id()
    {
        await _api.MakeAsync("acme");
        EndedCalls.End(_api.Calls, "AJ_past", "acme");
        EndedCalls.Begin(_api.Calls, "AJ_live", "acme");
        // Served before anything was configured: the operator's own.
        EndedCalls.End(_api.Calls, "AJ_environment", "acme", "environment");
        async Task<IEnumerable<string>> IdsAsync() => (await _api.AskAsync("GET", "/api/sessions")).Body!["sessions"]!.AsArray().Select(session => (string)session!["id"]!);
        (await IdsAsync()).Should().BeEquivalentTo("AJ_past", "AJ_live", "AJ_environment");

        _clock.Now += TimeSpan.FromMinutes(1);
        (await _api.AskAsync("DELETE", "/api/organizations/acme", organization: null)).Status.Should().Be(204);
        (await _api.AskAsync("GET", "/api/sessions")).IsProblem(404, "unknown-organization");
        await _api.MakeAsync("acme");

        (await IdsAsync()).Should().Equal("AJ_environment");
        (await _api.AskAsync("GET", "/api/sessions/AJ_past")).IsProblem(404, "not-found");
        (await _api.AskAsync("DELETE", "/api/sessions/AJ_live")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Are_refused_new_sessions_where_their_budget_says_so_and_see_why()
    {
        await _api.MakeAsync("acme");
        _api.Agents.Budget = new BudgetState(BudgetAction.Block, 12.5m, 10);

        var refused = await _api.AskAsync("POST", "/api/sessions", "{}");
        var usage = await _api.AskAsync("GET", "/api/organizations/current/usage");

        refused.IsProblem(402, "budget-spent");
        refused.Body!["detail"]!.ToString().Should().Contain("12.50 of this month's 10.00 US dollars are spent");
        usage.Body!["budget"]!["action"]!.ToString().Should().Be("block");
        ((decimal)usage.Body["budget"]!["spentUsd"]!).Should().Be(12.5m);
    }

    [Test]
    public async Task See_their_past_sessions_beside_those_that_go_on()
    {
        await _api.MakeAsync("acme");
        for (var i = 0; i < 5; i++)
        {
            await SaveAsync($"AJ_{i}", "acme", TimeSpan.FromMinutes(-10 * (i + 1)));
        }

        await SaveAsync("AJ_other", "globex", TimeSpan.FromMinutes(-1));

        var first = await _api.AskAsync("GET", "/api/sessions?limit=3");
        var second = await _api.AskAsync("GET", $"/api/sessions?limit=3&after={first.Body!["next"]}");
        var one = await _api.AskAsync("GET", "/api/sessions/AJ_2");

        first.Body["sessions"]!.AsArray().Select(session => (string)session!["id"]!).Should().Equal("AJ_0", "AJ_1", "AJ_2");
        second.Body!["sessions"]!.AsArray().Select(session => (string)session!["id"]!).Should().Equal("AJ_3", "AJ_4");
        second.Body["next"].Should().BeNull();
        one.Body!["turns"]!.AsArray().Should().HaveCount(1);
        (await _api.AskAsync("GET", "/api/sessions/AJ_other")).IsProblem(404, "not-found");
        (await _api.AskAsync("DELETE", "/api/sessions/AJ_2")).Status.Should().Be(202);
        (await _api.AskAsync("GET", "/api/sessions?state=live")).Body!["sessions"]!.AsArray().Should().BeEmpty();
        (await _api.AskAsync("GET", "/api/sessions?after=nonsense")).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Get_no_way_into_a_room_of_another()
    {
        await _api.MakeAsync("acme");
        var key = await _api.KeyAsync("acme");

        async Task<string> RoomAsync(Task<ApiAnswer> asked) => (string)(await asked).Body!["roomName"]!;
        Task<ApiAnswer> TokenAsync(string room) => _api.AskWithAsync(key, "POST", "/api/livekit/token", $$"""{"room_name":"{{room}}"}""");

        (await RoomAsync(TokenAsync("globex.lobby"))).Should().Be("acme.globex.lobby");
        (await RoomAsync(TokenAsync("lobby"))).Should().Be("acme.lobby");
        (await RoomAsync(TokenAsync("acme.lobby"))).Should().Be("acme.lobby", "that is what it was answered before");
        (await RoomAsync(_api.AskAsync("POST", "/api/livekit/token", """{"room_name":"globex.lobby"}"""))).Should().Be("globex.lobby", "the operator may join any room");
    }

    private Task SaveAsync(string id, string organization, TimeSpan ago) => _api.SaveSessionAsync(id, organization, _clock.Now + ago);
}

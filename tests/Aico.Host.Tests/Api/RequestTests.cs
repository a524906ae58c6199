using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Api;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RequestTests
{
    private ScriptedApi _api = null!;

    [SetUp]
    public async Task Start() => _api = await ScriptedApi.StartAsync();

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Names_every_field_that_is_wrong()
    {
        var answer = await _api.AskAsync(
            HttpMethod.Post,
            "/api/sessions",
            $$$"""{"roomName":" ","participant":{"identity":"{{{new string('x', 257)}}}"},"agentTimeoutSeconds":0,"tokenLifetimeSeconds":1e9,"call":{"to":"+1"}}""");

        answer.IsProblem(400, "invalid-request");
        answer.Errors.Keys.Should().BeEquivalentTo("/roomName", "/participant/identity", "/agentTimeoutSeconds", "/tokenLifetimeSeconds", "/call/trunkId");
        _api.LiveKit.Requests.Should().BeEmpty();
    }

    [TestCase("""{"participant":{"identiy":"ann"}}""", "/participant/identiy", "There is no field \"identiy\".")]
    [TestCase("""{"waitForAgent":"yes"}""", "/waitForAgent", "The value has the wrong type.")]
    [TestCase("""{"participant":{"attributes":{"a":1}}}""", "/participant/attributes/a", "The value has the wrong type.")]
    [TestCase("""[1]""", "", "The value has the wrong type.")]
    public async Task Says_where_a_body_has_another_shape(string body, string pointer, string message)
    {
        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", body);

        answer.IsProblem(400, "invalid-request");
        answer.Errors.Should().Equal(new Dictionary<string, string> { [pointer] = message });
    }

    [TestCase("{\"roomName\":")]
    [TestCase("{\"roomName\":\"a\",\"roomName\":\"b\"}")]
    [TestCase("null")]
    public async Task Refuses_what_is_no_body(string body) =>
        (await _api.AskAsync(HttpMethod.Post, "/api/sessions", body)).IsProblem(400, "invalid-request");

    [TestCase("/api/sessions")]
    [TestCase("/api/livekit/token")]
    [TestCase("/api/livekit/webhook")]
    public async Task Refuses_a_body_that_is_too_large(string path) =>
        (await _api.AskAsync(HttpMethod.Post, path, $$"""{"metadata":"{{new string('x', 1024 * 1024)}}"}""")).IsProblem(413, "body-too-large");

    [TestCase("""{"room_name":7}""")]
    [TestCase("""{"room_config":{"agents":["aico"]}}""")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("""{"roomName":"a","room_name":"b","participantAttributes":5}""")]
    public async Task Refuses_a_token_request_of_another_shape(string body) =>
        (await _api.AskAsync(HttpMethod.Post, "/api/livekit/token", body)).IsProblem(400, "invalid-request");

    [Test]
    public async Task Refuses_names_in_a_token_that_no_server_takes()
    {
        var answer = await _api.AskAsync(HttpMethod.Post, "/api/livekit/token", $$"""{"room_name":"{{new string('x', 257)}}"}""");

        answer.IsProblem(400, "invalid-request");
        answer.Errors.Keys.Should().Equal("/room_name");
    }

    [Test]
    public async Task Knows_its_paths_and_methods()
    {
        (await _api.AskAsync(HttpMethod.Get, "/api/nothing")).IsProblem(404, "not-found");
        (await _api.AskAsync(HttpMethod.Get, "/api/sessions/nothing")).IsProblem(404, "not-found");
        (await _api.AskAsync(HttpMethod.Put, "/api/sessions", "{}")).IsProblem(405, "method-not-allowed");
        (await _api.AskAsync(HttpMethod.Get, "/api/sessions?state=dead")).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Serves_organizations_that_it_knows_and_keeps_them_apart()
    {
        var call = _api.Calls.Begin("AJ_1", "room");
        call.Serves(Lease(ScriptedApi.Other), "ann");

        (await _api.AskAsync(HttpMethod.Get, "/api/sessions", organization: "nobody")).IsProblem(404, "unknown-organization");
        (await _api.SendAsync(HttpMethod.Get, "/api/sessions", null, ("X-Api-Key", ScriptedApi.Key))).IsProblem(400, "invalid-request");
        (await _api.AskAsync(HttpMethod.Get, "/api/sessions/AJ_1")).IsProblem(404, "not-found");
        (await _api.AskAsync(HttpMethod.Delete, "/api/sessions/AJ_1")).IsProblem(404, "not-found");
        (await _api.AskAsync(HttpMethod.Get, "/api/sessions")).Body!["sessions"]!.AsArray().Should().BeEmpty();
        var own = await _api.AskAsync(HttpMethod.Get, "/api/sessions/AJ_1", organization: ScriptedApi.Other);
        (own.Status, own.Body!["participantIdentity"]!.ToString()).Should().Be((200, "ann"));
    }

    [Test]
    public async Task Ends_a_session_once()
    {
        var ended = 0;
        var call = _api.Calls.Begin("AJ_1", "room");
        call.Serves(Lease(ScriptedApi.Organization), "ann");
        call.EndsBy(() => ended++);

        (await _api.AskAsync(HttpMethod.Delete, "/api/sessions/AJ_1")).Status.Should().Be(202);
        _api.Calls.HasEnded(call, CallEndReason.EndedByRequest, null);
        (await _api.AskAsync(HttpMethod.Delete, "/api/sessions/AJ_1")).Status.Should().Be(202);

        ended.Should().Be(1);
        var sessions = await _api.AskAsync(HttpMethod.Get, "/api/sessions?state=ended");
        sessions.Body!["sessions"]![0]!["endReason"]!.ToString().Should().Be("endedByRequest");
        (await _api.AskAsync(HttpMethod.Get, "/api/sessions?state=live")).Body!["sessions"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Says_whether_it_lives_and_takes_calls()
    {
        async Task<(int, string)> AskAsync(string path)
        {
            var answer = await _api.SendAsync(HttpMethod.Get, path, null);
            return (answer.Status, answer.Body!["status"]!.ToString());
        }

        (await AskAsync("/healthz")).Should().Be((200, "ok"));
        (await AskAsync("/readyz")).Should().Be((200, "ready"));
        _api.Problems.Add("Not registered.");
        _api.IsBroken = true;
        (await AskAsync("/healthz")).Should().Be((503, "broken"));
        (await AskAsync("/readyz")).Should().Be((503, "notReady"));
    }

    [Test]
    public async Task Says_what_is_missing_where_there_is_no_LiveKit_server()
    {
        await using var api = await ScriptedApi.StartAsync(hasLiveKit: false);

        (await api.AskAsync(HttpMethod.Post, "/api/sessions", "{}")).IsProblem(503, "livekit-not-configured");
        (await api.AskAsync(HttpMethod.Post, "/api/livekit/token", "{}")).IsProblem(503, "livekit-not-configured");
        (await api.AskAsync(HttpMethod.Get, "/api/sessions")).Status.Should().Be(200);
    }

    private static AgentLease Lease(string organization) => new()
    {
        OrganizationId = organization,
        Agent = new AgentSettings(),
        Room = new RoomCallSettings(),
        Providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("scripted", new ScriptedLanguageModel(TimeProvider.System)) },
    };
}

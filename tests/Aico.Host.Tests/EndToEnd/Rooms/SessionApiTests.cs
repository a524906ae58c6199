using System.Text;
using System.Text.Json.Nodes;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>The API of the assembled program, with a server behind it that takes and assigns jobs.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionApiTests
{
    private readonly string _room = LiveKitTestServer.NewRoom();

    private static LiveKitTestServer Server => ServedRooms.Server;

    private static ServingAico Aico => ServedRooms.Aico;

    [TearDown]
    public async Task End()
    {
        await Server.ClearRulesAsync();
        await Server.PostAsync("webhook");
    }

    [Test]
    public async Task A_session_is_answered_when_its_agent_is_ready_and_can_be_ended()
    {
        var (status, session) = await Aico.PostAsync("/api/sessions", new { roomName = _room, waitForAgent = true, participant = new { identity = "ann", name = "Ann" } });
        status.Should().Be(201, "{0}", session);
        session["agentReady"]!.GetValue<bool>().Should().BeTrue();
        var id = (string)session["id"]!;

        await using var caller = CallerProcess.Start(new Uri((string)session["serverUrl"]!), (string)session["participantToken"]!, "--stdin");
        var connected = await caller.WaitAsync("connected");
        await caller.WaitAsync("agent_audio_ended");
        var (_, host) = await Aico.GetAsync("/api/host");
        var (ending, _) = await Aico.DeleteAsync($"/api/sessions/{id}");
        await caller.WaitAsync("participant_left");
        await ServedRooms.EndAsync(_room);
        var metrics = await Aico.ReadAsync("/metrics");

        connected["identity"]!.ToString().Should().Be("ann");
        connected["room"]!.ToString().Should().Be(_room);
        ending.Should().Be(202);
        host["calls"]!.AsArray().Should().Contain(call => (string)call!["id"]! == id && (string)call["roomName"]! == _room && (string)call["callerState"]! == "listening");
        host["worker"]!["registered"]!.GetValue<bool>().Should().BeTrue();
        metrics.Should().Contain("aico_calls_ended_total{ending=\"EndedByRequest\",organization=\"default\"}").And.Contain("lk_agents_usage_tts_characters_total{").And.Contain("\nlk_agents_worker_load ");
        (await Aico.GetAsync($"/api/sessions/{id}")).Body["endReason"]!.ToString().Should().Be("endedByRequest");
        (await Aico.GetAsync("/api/sessions?state=live")).Body["sessions"]!.AsArray().Should().NotContain(live => (string)live!["id"]! == id);
    }

    [TestCase("availability", "job")]
    [TestCase("assignment", "job")]
    public async Task A_session_whose_job_is_never_given_fails_with_the_reason_and_leaves_nothing(string lost, string reason)
    {
        await Server.PostAsync("rules", new { at = "agent", what = lost, drop = true });

        var (status, problem) = await Aico.PostAsync("/api/sessions", new { roomName = _room, waitForAgent = true, agentTimeoutSeconds = 2 });

        status.Should().Be(504);
        problem["type"]!.ToString().Should().Be("urn:aico:problem:agent-not-ready");
        problem["detail"]!.ToString().Should().Contain(reason).And.Contain("within 2 s");
        (await Server.StateAsync())["rooms"]!.AsArray().Select(room => (string)room!["name"]!).Should().NotContain(_room);
        (await Aico.GetAsync("/api/sessions")).Body["sessions"]!.AsArray().Should().NotContain(session => (string)session!["roomName"]! == _room);
    }

    [Test]
    public async Task A_session_is_answered_when_the_agent_of_another_process_is_ready()
    {
        await using var api = await ServingAico.StartAsync(Server, null, "--role", "api");

        var (status, session) = await api.PostAsync("/api/sessions", new { roomName = _room, waitForAgent = true, participant = new { identity = "ann" } });

        status.Should().Be(201, "{0}", session);
        session["agentReady"]!.GetValue<bool>().Should().BeTrue();
        await using var caller = CallerProcess.Start(Server.Url, (string)session["participantToken"]!);
        await caller.EndAsync();
        await ServedRooms.EndAsync(_room);
        var served = await ServedRooms.SessionAsync(_room);
        served["turns"]!.AsArray().Should().NotBeEmpty();
        ((string?)session["id"]).Should().Be((string)served["id"]!);
    }

    [Test]
    public async Task A_session_that_another_process_refuses_fails_with_its_reason_and_leaves_nothing()
    {
        // The two know different organizations, as hosts do that were configured at different times.
        await using var api = await ServingAico.StartAsync(Server, new() { ["AICO_DEFAULT_ORGANIZATION"] = "elsewhere" }, "--role", "api");

        var (status, problem) = await api.PostAsync("/api/sessions", new { roomName = _room, waitForAgent = true });

        status.Should().Be(504, "{0}", problem);
        problem["detail"]!.ToString().Should().Contain("\"elsewhere\"");
        (await Server.StateAsync())["rooms"]!.AsArray().Select(room => (string)room!["name"]!).Should().NotContain(_room);
    }

    [TestCase("""{"room_name":"ROOM","participant_identity":"ann","participant_name":"Ann","room_config":{"agents":[{"agent_name":""}]}}""")]
    [TestCase("""{"roomName":"ROOM","participantIdentity":"ann","participantName":"Ann","roomConfig":{"agents":[{"agentName":""}]}}""")]
    public async Task Frontends_get_a_token_that_joins_and_brings_the_agent(string body)
    {
        var (status, answer) = await Aico.PostAsync("/api/livekit/token", JsonNode.Parse(body.Replace("ROOM", _room, StringComparison.Ordinal))!);
        status.Should().Be(200);
        answer["roomName"]!.ToString().Should().Be(_room);
        answer["participantName"]!.ToString().Should().Be("Ann");

        await using var caller = CallerProcess.Start(new Uri((string)answer["serverUrl"]!), (string)answer["participantToken"]!);
        await caller.EndAsync();

        (await caller.WaitAsync("connected"))["identity"]!.ToString().Should().Be("ann");
        await ServedRooms.EndAsync(_room);
    }

    [Test]
    public async Task The_server_s_webhooks_are_taken_and_others_are_not()
    {
        await Server.PostAsync("webhook", new { url = new Uri(Aico.Address, "/api/livekit/webhook") });
        await Server.TwirpAsync(_room, "RoomService/CreateRoom", new { name = _room });
        var sent = await Server.WaitAsync(new { type = "webhook", @event = "room_started" });
        sent["result"]!.GetValue<int>().Should().Be(200);
        Aico.Log.Should().Contain($"LiveKit says room_started: room {_room}");

        using var http = new HttpClient(new SocketsHttpHandler());
        using var forged = new HttpRequestMessage(HttpMethod.Post, new Uri(Aico.Address, "/api/livekit/webhook"));
        forged.Headers.TryAddWithoutValidation("Authorization", Server.Tokens.Admin(_room, TimeProvider.System.GetUtcNow()));
        forged.Content = new StringContent("""{"event":"room_finished"}""", Encoding.UTF8, "application/webhook+json");
        using var refused = await http.SendAsync(forged);

        ((int)refused.StatusCode).Should().Be(401);
    }
}

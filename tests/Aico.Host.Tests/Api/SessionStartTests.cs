using System.Text.Json.Nodes;
using Aico.Host.Calls.Rooms;
using Aico.Testing.Http;

namespace Aico.Host.Tests.Api;

/// <summary>POST /api/sessions before a LiveKit server that answers as it is told: what is made for a session that fails is taken back.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionStartTests
{
    // No test fails by this one unless something hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ScriptedApi _api = null!;

    private IEnumerable<string> Methods => _api.LiveKit.Requests.Select(request => request.PathAndQuery[(request.PathAndQuery.LastIndexOf('/') + 1)..]);

    /// <summary>Without the questions whether the agent is there.</summary>
    private IEnumerable<string> Changes => Methods.Where(method => method is not "ListParticipants" and not "ListRooms");

    [SetUp]
    public async Task Start()
    {
        _api = await ScriptedApi.StartAsync();
        _api.LiveKit.Default = LocalResponse.Text(200, "{}");
    }

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Makes_the_room_with_its_agent_and_a_token_for_the_caller()
    {
        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"participant":{"identity":"ann","name":"Ann"},"metadata":"m"}""");

        answer.Status.Should().Be(201, "{0}", answer.Body);
        answer.Body!["participantToken"]!.ToString().Split('.').Should().HaveCount(3);
        answer.Body["agentReady"]!.GetValue<bool>().Should().BeFalse("nobody has waited for it");
        Methods.Should().Equal("CreateRoom");
        var request = JsonNode.Parse(_api.LiveKit.Requests[0].Body)!;
        var agent = request["agents"]!.AsArray().Single()!;
        request["name"]!.ToString().Should().Be((string)answer.Body["roomName"]!);
        (agent["agentName"] ?? agent["agent_name"])!.ToString().Should().Be("aico");
        JsonNode.Parse((string)agent["metadata"]!)!.ToJsonString().Should().Be("""{"organization":"acme","participantIdentity":"ann","metadata":"m"}""");
    }

    [Test]
    public async Task Is_refused_by_a_host_that_is_being_stopped()
    {
        _api.IsStopping = true;

        (await _api.AskAsync(HttpMethod.Post, "/api/sessions", "{}")).IsProblem(503, "host-stopping");

        Methods.Should().BeEmpty("nobody would serve the call");
    }

    [Test]
    public async Task Answers_when_the_agent_is_ready()
    {
        _api.LiveKit.Enqueue(LocalResponse.Text(200, """{"rooms":[]}"""));
        var asking = _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"roomName":"demo","waitForAgent":true}""");
        await _api.LiveKit.ReceivedAsync(request => request.PathAndQuery.EndsWith("CreateRoom", StringComparison.Ordinal), Patience);

        _api.Calls.Begin("AJ_1", "demo").BecameReady();
        var answer = await asking;

        answer.Status.Should().Be(201, "{0}", answer.Body);
        answer.Body!["agentReady"]!.GetValue<bool>().Should().BeTrue();
        answer.Headers.Location!.ToString().Should().Be("/api/sessions/AJ_1");
    }

    [Test]
    public async Task Deletes_its_own_room_when_the_agent_does_not_come()
    {
        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true,"agentTimeoutSeconds":1}""");

        answer.IsProblem(504, "agent-not-ready");
        answer.Body!["detail"]!.ToString().Should().StartWith("No agent joined within 1 s, and no worker is known to have taken the job of the agent \"aico\".");
        Changes.Should().Equal("CreateRoom", "ListDispatch", "DeleteRoom");
    }

    [Test]
    public async Task Takes_only_its_agent_out_of_a_room_that_others_have_made()
    {
        _api.LiveKit.Enqueue(LocalResponse.Text(200, """{"rooms":[{"name":"demo","sid":"RM_1"}]}"""), LocalResponse.Text(200, """{"participants":[{"identity":"agent-old","kind":"AGENT","attributes":{"lk.agent.state":"speaking"}}]}"""), LocalResponse.Text(200, """{"id":"AD_1","room":"demo"}"""));
        _api.LiveKit.Default = LocalResponse.Text(200, """{"participants":[{"identity":"agent-old","kind":"AGENT","attributes":{"lk.agent.state":"speaking"}}]}""");

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"roomName":"demo","waitForAgent":true,"agentTimeoutSeconds":1}""");

        answer.IsProblem(504, "agent-not-ready");
        Changes.Should().Equal("CreateDispatch", "ListDispatch", "DeleteDispatch");
        _api.LiveKit.Requests[^1].Body.Should().Contain("AD_1");
    }

    [Test]
    public async Task Says_why_the_agent_could_not_come()
    {
        var asking = _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true}""");
        var made = await _api.LiveKit.ReceivedAsync(request => request.PathAndQuery.EndsWith("CreateRoom", StringComparison.Ordinal), Patience);

        _api.Calls.Refused((string)JsonNode.Parse(made.Body)!["name"]!, "no such model");
        var answer = await asking;

        answer.IsProblem(504, "agent-not-ready");
        answer.Body!["detail"]!.ToString().Should().Be("no such model");
        Changes.Should().Equal("CreateRoom", "DeleteRoom");
    }

    [TestCase("lk.agent.state", "listening")]
    [TestCase("aico.ready", "true")]
    public async Task Answers_when_the_agent_of_another_process_is_ready(string attribute, string value)
    {
        Agents(new JsonObject { [attribute] = value, ["aico.session"] = "AJ_9" });

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true}""");

        answer.Status.Should().Be(201, "{0}", answer.Body);
        answer.Body!["agentReady"]!.GetValue<bool>().Should().BeTrue();
        ((string?)answer.Body["id"]).Should().Be("AJ_9");
        answer.Headers.Location.Should().BeNull("this process does not know the call yet");
        Changes.Should().Equal("CreateRoom");
    }

    [TestCase("initializing", null, "The agent joined, but was not ready within 1 s: it was still initializing.")]
    [TestCase("listening", "false", "The agent joined, but cannot hear: its speech-to-text could not be opened. The log of its host says more.")]
    public async Task Says_how_far_the_agent_of_another_process_came(string state, string? ready, string detail)
    {
        Agents(new JsonObject { ["lk.agent.state"] = state, ["aico.ready"] = ready });

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true,"agentTimeoutSeconds":1}""");

        answer.IsProblem(504, "agent-not-ready");
        answer.Body!["detail"]!.ToString().Should().Be(detail);
        Changes.Should().Equal("CreateRoom", "DeleteRoom");
    }

    [Test]
    public async Task Says_that_the_agent_of_another_process_left_before_it_was_ready()
    {
        _api.LiveKit.Enqueue(LocalResponse.Text(200, "{}"), LocalResponse.Text(200, Participants(new JsonObject { ["lk.agent.state"] = "initializing" })));

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true}""");

        answer.IsProblem(504, "agent-not-ready");
        answer.Body!["detail"]!.ToString().Should().StartWith("The agent joined, and left again before it was ready.");
        Changes.Should().Equal("CreateRoom", "DeleteRoom");
    }

    [Test]
    public async Task Waits_for_an_agent_that_a_busy_server_has_thrown_out_before_it_was_connected()
    {
        var gone = LocalResponse.Text(200, """{"participants":[]}""");
        _api.LiveKit.Enqueue(LocalResponse.Text(200, "{}"), LocalResponse.Text(200, Participants(new JsonObject { ["lk.agent.state"] = "initializing" }, "JOINED")), gone, gone, gone);
        Agents(new JsonObject { ["lk.agent.state"] = "listening", ["aico.session"] = "AJ_9" });

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true}""");

        (answer.Status, (string?)answer.Body!["id"]).Should().Be((201, "AJ_9"));
    }

    [Test]
    public async Task Says_why_a_host_of_another_process_refused()
    {
        // To every question alike: nobody is there, and the room tells the reason.
        _api.LiveKit.Default = LocalResponse.Text(200, new JsonObject
        {
            ["participants"] = new JsonArray(),
            ["rooms"] = new JsonArray(new JsonObject { ["name"] = "demo", ["metadata"] = Refusal.Write("no such model") }),
        }.ToJsonString());

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", """{"waitForAgent":true}""");

        answer.IsProblem(504, "agent-not-ready");
        answer.Body!["detail"]!.ToString().Should().Be("no such model");
        JsonNode.Parse((string)JsonNode.Parse(_api.LiveKit.Requests[0].Body)!["agents"]![0]!["metadata"]!)!["tellsRefusal"]!.GetValue<bool>().Should().BeTrue();
        Changes.Should().Equal("CreateRoom", "DeleteRoom");
    }

    [Test]
    public async Task Deletes_its_room_when_whoever_asked_has_gone()
    {
        await _api.AbandonAsync(
            """{"waitForAgent":true}""",
            _api.LiveKit.ReceivedAsync(request => request.PathAndQuery.EndsWith("CreateRoom", StringComparison.Ordinal), Patience));

        await _api.LiveKit.ReceivedAsync(request => request.PathAndQuery.EndsWith("DeleteRoom", StringComparison.Ordinal), Patience);
    }

    [TestCase(401, """{"code":"unauthenticated","msg":"invalid token"}""")]
    [TestCase(500, "oh no")]
    public async Task Says_that_the_server_refuses(int status, string body)
    {
        _api.LiveKit.Enqueue(LocalResponse.Text(status, body));

        var answer = await _api.AskAsync(HttpMethod.Post, "/api/sessions", "{}");

        answer.IsProblem(502, "livekit-failed");
        answer.Body!["detail"]!.ToString().Should().Contain("CreateRoom").And.NotContain(_api.Tokens.Secret);
    }

    private void Agents(JsonObject attributes) => _api.LiveKit.Default = LocalResponse.Text(200, Participants(attributes));

    private static string Participants(JsonObject attributes, string state = "ACTIVE") => new JsonObject
    {
        ["participants"] = new JsonArray(
            new JsonObject { ["identity"] = "ann", ["kind"] = "STANDARD" },
            new JsonObject { ["identity"] = "agent-AJ_1", ["kind"] = "AGENT", ["state"] = state, ["attributes"] = attributes }),
    }.ToJsonString();
}

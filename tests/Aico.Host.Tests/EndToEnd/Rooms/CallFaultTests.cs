using System.Text.Json.Nodes;
using Aico.Host.Cli.Bench;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>What goes wrong in a call, and how the assembled program comes out of it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CallFaultTests
{
    private const string Caller = "ann";

    private readonly string _room = LiveKitTestServer.NewRoom();
    private CallerProcess? _caller;

    private static LiveKitTestServer Server => ServedRooms.Server;

    private static (string Path, string Text) Question => LibrivoxClips.All[1];

    private string Agent => (string)_caller!.Events.First(entry => (string)entry["event"]! is "participant_present" or "participant_joined" && (bool)entry["agent"]!)["identity"]!;

    [TearDown]
    public async Task End()
    {
        await Server.ClearRulesAsync();
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            await TestContext.Out.WriteLineAsync(ServedRooms.Aico.Log);
        }

        if (_caller is { } caller)
        {
            await caller.DisposeAsync();
        }
    }

    [Test]
    public async Task A_call_goes_on_when_the_worker_loses_its_connection()
    {
        var caller = await GreetedAsync();
        var worker = (await Server.StateAsync())["workers"]!.AsArray().Single()!;
        var job = (await Server.WaitAsync(new { type = "job_assigned", room = _room }))["job"]!;

        await Server.PostAsync($"workers/{worker["id"]}/drop");
        var closed = await Server.WaitAsync(new { type = "worker_closed", worker = (string)worker["id"]! });
        await IsAnsweredAsync(caller);
        var migrated = await Server.WaitAsync(new { type = "worker_migrate", since = (int)closed["seq"]! });
        await caller.LeaveAsync();

        migrated["jobs"]!.AsArray().Select(id => (string)id!).Should().Contain((string)job!);
        var over = await Server.WaitAsync(new { type = "update_job", job = (string)job!, status = "JS_SUCCESS" });
        over["worker"]!.ToString().Should().Be((string)migrated["worker"]!);
        await EndedAsync("callerLeft");
    }

    [Test]
    public async Task A_call_goes_on_when_the_agent_loses_its_signal_connection()
    {
        var caller = await GreetedAsync();

        await Server.PostAsync($"participants/{_room}/{Agent}/drop");
        await Server.WaitAsync(new { type = "participant_resumed", identity = Agent });
        await IsAnsweredAsync(caller);
        await caller.LeaveAsync();

        await EndedAsync("callerLeft");
    }

    [Test]
    public async Task A_call_goes_on_when_the_server_was_gone_for_five_seconds()
    {
        var caller = await GreetedAsync();

        await Server.PostAsync("vanish", new { forget = false, backAfterMs = 5000 });
        var gone = await Server.WaitAsync(new { type = "vanished", since = (await Server.WaitAsync(new { type = "participant_joined", room = _room }))["seq"] });
        var since = (int)gone["seq"]!;
        await Server.WaitAsync(new { type = "worker_migrate", since });
        await Server.WaitAsync(new { type = "participant_active", identity = Agent, since });
        await Server.WaitAsync(new { type = "track_subscribed", identity = Caller, room = _room, since });
        await Server.WaitAsync(new { type = "track_subscribed", identity = Agent, room = _room, since });
        await IsAnsweredAsync(caller);
        var others = (await Server.StateAsync())["rooms"]!.AsArray().Single(room => (string)room!["name"]! == _room)!["participants"]!.AsArray();
        await caller.LeaveAsync();

        others.Should().HaveCount(2, "nobody is there twice: {0}", others);
        var session = await EndedAsync("callerLeft");
        session["turns"]!.AsArray().Should().HaveCount(2, "it is the same conversation");
    }

    [Test]
    public async Task A_conversation_survives_the_loss_of_a_tenth_of_all_packets()
    {
        await Server.PostAsync("loss", new { percent = 10 });

        var caller = await GreetedAsync();
        await IsAnsweredAsync(caller);
        await caller.LeaveAsync();

        var session = await EndedAsync("callerLeft");
        var rate = WordErrorRate.Between(Question.Text, (string)session["turns"]!.AsArray()[^1]!["caller"]!["text"]!);
        TestContext.Out.WriteLine($"{rate} at a loss of 10 %");
        // Which packets are lost is chance, and so is what is understood: 5 words of 8 were wrong in the worst run. The call is what must survive.
        rate.Rate.Should().BeLessThanOrEqualTo(0.75);
    }

    [Test]
    public async Task A_call_ends_when_the_agent_is_removed()
    {
        var caller = await GreetedAsync();

        await Server.PostAsync($"participants/{_room}/{Agent}/kick");
        await caller.WaitAsync("participant_left", left => (string)left["identity"]! == Agent);

        await EndedAsync("agentRemoved", "cancelled");
    }

    [Test]
    public async Task A_call_ends_when_its_room_is_deleted()
    {
        var caller = await GreetedAsync();

        await Server.TwirpAsync(_room, "RoomService/DeleteRoom", new { room = _room });

        (await caller.WaitAsync("disconnected"))["reason"]!.ToString().Should().Be("ROOM_DELETED");

        // The server tells the worker and the room; on a busy machine either may be heard of first.
        await EndedAsync("roomClosed", "cancelled");
    }

    [Test]
    public async Task A_caller_who_lost_the_connection_comes_back_into_the_same_conversation()
    {
        var token = await ServedRooms.TokenAsync(_room, Caller);
        var first = await GreetedAsync(token);
        await Server.PostAsync($"participants/{_room}/{Caller}/kick", new { reason = "CONNECTION_TIMEOUT" });
        await first.WaitAsync("disconnected");
        await first.DisposeAsync();

        _caller = CallerProcess.Start(Server.Url, token, "--no-greeting", "--in", Question.Path);
        await _caller.EndAsync();

        var session = await EndedAsync("callerLeft");
        session["turns"]!.AsArray().Should().HaveCount(2, "the greeting is not said again");
        session["turns"]![0]!["agent"]!["text"]!.ToString().Should().Be(ServedRooms.Greeting);
        session["turns"]![1]!["agent"]!["heardText"]!.ToString().Should().StartWith("You said:");
    }

    [Test]
    public async Task A_job_for_an_unknown_organization_is_refused_with_its_reason()
    {
        await Server.TwirpAsync(_room, "AgentDispatchService/CreateDispatch", new { room = _room, metadata = """{"organization":"nobody"}""" });

        var assigned = await Server.WaitAsync(new { type = "job_answered", room = _room, available = false });
        assigned["terminate"]!.GetValue<bool>().Should().BeTrue();
        ServedRooms.Aico.Log.Should().Contain("nobody").And.Contain((string)assigned["job"]!);
    }

    private async Task<CallerProcess> GreetedAsync(string? token = null)
    {
        _caller = CallerProcess.Start(Server.Url, token ?? await ServedRooms.TokenAsync(_room, Caller), "--stdin");
        await _caller.WaitAsync("agent_audio_ended");
        return _caller;
    }

    private static async Task IsAnsweredAsync(CallerProcess caller)
    {
        await caller.SayAsync(Question.Path);
        await caller.WaitAsync("answer_ended");
    }

    /// <summary>Waits for the end of the session and says how it was.</summary>
    private async Task<JsonNode> EndedAsync(params string[] reasons)
    {
        await ServedRooms.EndAsync(_room);
        var session = await ServedRooms.SessionAsync(_room);
        session["endReason"]!.ToString().Should().BeOneOf(reasons);
        return session;
    }
}

using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>How a serving program ends, and what it says where it cannot serve. Each has a program of its own, since it ends.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class HostEndTests
{
    private const string Goodbye = "I have to end our call here. Thank you, and goodbye.";

    private readonly string _room = LiveKitTestServer.NewRoom();

    private static LiveKitTestServer Server => ServedRooms.Server;

    [Test]
    public async Task Says_goodbye_to_its_callers_when_it_is_told_to_end()
    {
        await using var aico = await StartAsync("--drain-timeout", "0");
        await using var caller = await GreetedAsync(aico);

        await aico.SignalAsync("TERM");
        var words = await caller.WaitAsync("transcription", said => (string)said["text"]! != ServedRooms.Greeting);
        await caller.WaitAsync("participant_left");

        words["text"]!.ToString().Should().Be(Goodbye);
        caller.All("agent_audio_started").Should().HaveCount(2, "it is heard, not only written");
        (await aico.ExitCodeAsync()).Should().Be(0, "{0}", aico.Log);
    }

    [Test]
    public async Task Lets_calls_go_on_when_it_is_told_to_end_and_ends_at_once_when_told_again()
    {
        await using var aico = await StartAsync();
        await using var caller = await GreetedAsync(aico);

        await aico.SignalAsync("TERM");
        await Server.WaitAsync(new { type = "worker_updated", worker = await WorkerAsync(), status = "WS_FULL" });
        var (ready, _) = await aico.GetAsync("/readyz");
        await caller.SayAsync(LibrivoxClips.All[1].Path);
        await caller.WaitAsync("answer_ended");
        await aico.SignalAsync("TERM");
        await caller.WaitAsync("participant_left");

        ready.Should().Be(503);
        (await aico.ExitCodeAsync()).Should().Be(0, "{0}", aico.Log);
        caller.All("transcription").Should().NotContain(said => (string)said["text"]! == Goodbye);
    }

    [Test]
    public async Task Serves_on_and_says_why_it_takes_no_calls_where_the_server_refuses_its_key()
    {
        await using var aico = await ServingAico.StartAsync(Server, new() { ["LIVEKIT_API_SECRET"] = "another-secret-of-thirty-two-characters" }, ServedRooms.Agent);
        await Server.WaitAsync(new { type = "upgrade_refused", path = "/agent" });

        var (status, body) = await aico.GetAsync("/readyz");
        await aico.SignalAsync("TERM");

        (status, body["status"]!.ToString()).Should().Be((503, "notReady"));
        body["problems"]!.ToJsonString().Should().Contain("LIVEKIT_API_SECRET").And.Contain("401");
        (await aico.ExitCodeAsync()).Should().Be(0, "{0}", aico.Log);
        aico.Log.Should().NotContain("another-secret");
    }

    [Test]
    [Platform("Linux")]
    public async Task Ends_with_a_code_of_its_own_when_the_native_library_panics()
    {
        using var library = await PanickingLibrary.CompileAsync();
        await using var aico = await ServingAico.StartAsync(
            Server, new() { ["LIVEKIT_FFI_PATH"] = library.Path }, [.. ServedRooms.Agent, "--agent-name", _room]);
        var worker = await WorkerAsync();
        await Server.TwirpAsync(_room, "AgentDispatchService/CreateDispatch", new { room = _room, agentName = _room });

        (await aico.ExitCodeAsync()).Should().Be(70, "{0}", aico.Log);
        aico.Log.Should().Contain("LiveKit's native library 9.9.9 is loaded")
            .And.Contain("LiveKit's native library broke, the host ends and must be started again: a lock was poisoned!!");
        var job = (await Server.WaitAsync(new { type = "job_assigned", room = _room }))["job"]!;
        await Server.WaitAsync(new { type = "update_job", job = (string)job!, status = "JS_FAILED" });
        await Server.WaitAsync(new { type = "worker_closed", worker });
    }

    // A name of its own, so that the shared program does not take its jobs.
    private Task<ServingAico> StartAsync(params string[] options) =>
        ServingAico.StartAsync(Server, null, [.. ServedRooms.Agent, "--agent-name", _room, .. options]);

    private async Task<string> WorkerAsync() =>
        (string)(await Server.WaitAsync(new { type = "worker_registered", agentName = _room }))["worker"]!;

    private async Task<CallerProcess> GreetedAsync(ServingAico aico)
    {
        await WorkerAsync();
        var (status, session) = await aico.PostAsync("/api/sessions", new { roomName = _room, waitForAgent = true, participant = new { identity = "ann" } });
        status.Should().Be(201, "{0}", session);
        var caller = CallerProcess.Start(Server.Url, (string)session["participantToken"]!, "--stdin");
        await caller.WaitAsync("agent_audio_ended");
        return caller;
    }
}

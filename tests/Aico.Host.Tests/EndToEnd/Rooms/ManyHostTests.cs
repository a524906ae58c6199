using System.Text.Json.Nodes;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>Calls on several processes, of which some die and some are replaced. Each has one place, so that two calls are on two of them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Platform("Linux")]
internal sealed class ManyHostTests
{
    private const string Registered = "Registered with LiveKit server";

    // Short words: this is not about what is said.
    private static readonly string[] _agent = ["--greeting", "Hello.", "--silence-timeout", "0", "--max-load", "1"];

    private readonly string _name = LiveKitTestServer.NewRoom();
    private int _rooms;

    private static LiveKitTestServer Server => ServedRooms.Server;

    [Test]
    public async Task A_call_host_that_crashes_takes_its_own_calls_only_and_is_started_again()
    {
        await using var aico = await StartAsync(null, "--call-hosts", "2", "--max-calls", "2");
        await aico.LoggedAsync(Registered, 2);
        await using var ann = await CallAsync(aico);
        await using var bob = await CallAsync(aico);
        var processes = await CallHostsAsync(aico);

        await CrashAsync((int)processes[0]["processId"]!);
        var (kept, lost) = await SortAsync(ann, bob);
        await SpeakAsync(kept);
        await aico.LoggedAsync(Registered, 3);
        await using var carl = await CallAsync(aico);

        lost.All("participant_left").Should().ContainSingle();
        kept.All("participant_left").Should().BeEmpty();
        aico.Log.Should().Contain($"Call host 1 (process {processes[0]["processId"]}) ended with code 139").And.Contain("[call host 2]");
        var now = await CallHostsAsync(aico);
        now.Select(host => ((int)host["callHost"]!, (int)host["restarts"]!, (string)host["role"]!)).Should().Equal((1, 1, "agent"), (2, 0, "agent"));
        now[1]["processId"]!.ToString().Should().Be(processes[1]["processId"]!.ToString());

        var running = await RunningAsync(aico, 2);
        (await aico.GetAsync($"/api/sessions/{running[0]["id"]}")).Body["turns"].Should().BeNull("its words are in the call host");
        var newest = running.Single(session => (string)session["roomName"]! == $"{_name}-{_rooms}");
        (await aico.DeleteAsync($"/api/sessions/{newest["id"]}")).Status.Should().Be(202);
        await carl.WaitAsync("participant_left");
        kept.All("participant_left").Should().BeEmpty("another call was ended");

        await aico.SignalAsync("KILL");
        await kept.WaitAsync("participant_left");
        foreach (var worker in await WorkersAsync())
        {
            await Server.WaitAsync(new { type = "worker_closed", worker });
        }
    }

    [Test]
    public async Task Agent_hosts_take_calls_for_one_that_dies_and_lose_none_when_they_are_replaced()
    {
        await using var api = await StartAsync(null, "--role", "api");
        await using var first = await AgentAsync(api);
        await using var second = await AgentAsync(api);
        await using var ann = await CallAsync(api);
        await using var bob = await CallAsync(api);

        await first.SignalAsync("KILL");
        var (kept, _) = await SortAsync(ann, bob);
        await SpeakAsync(kept);
        await using var third = await AgentAsync(api);
        await using var carl = await CallAsync(api);

        await second.SignalAsync("TERM");
        await second.LoggedAsync("Stopping");
        await SpeakAsync(kept);
        await kept.LeaveAsync();

        (await second.ExitCodeAsync()).Should().Be(0, "{0}", second.Log);
        kept.All("participant_left").Should().BeEmpty("its agent was there to its end");
        await SpeakAsync(carl);
        var (status, listed) = await api.GetAsync("/api/hosts");
        status.Should().Be(200);
        listed["hosts"]!.AsArray().Select(host => (string)host!["role"]!).Should().Contain(["api", "agent"]);
        listed["hosts"]!.AsArray().Should().Contain(host => (string)host!["role"]! == "agent" && (int)host["calls"]! == 1);
    }

    private Task<ServingAico> StartAsync(Dictionary<string, string?>? variables, params string[] options) =>
        ServingAico.StartAsync(Server, variables, [.. _agent, "--agent-name", _name, .. options]);

    private async Task<ServingAico> AgentAsync(ServingAico backend)
    {
        var host = await StartAsync(new() { ["AICO_BACKEND_URL"] = backend.Address.AbsoluteUri }, "--role", "agent", "--max-calls", "1");
        await host.LoggedAsync(Registered);
        return host;
    }

    /// <summary>A caller who was greeted.</summary>
    private async Task<CallerProcess> CallAsync(ServingAico aico)
    {
        var (status, session) = await aico.PostAsync("/api/sessions", new { roomName = $"{_name}-{++_rooms}", waitForAgent = true, participant = new { identity = "caller" } });
        status.Should().Be(201, "{0}\n{1}", session, aico.Log);
        var caller = CallerProcess.Start(Server.Url, (string)session["participantToken"]!, "--stdin");
        await caller.WaitAsync("agent_audio_ended");
        return caller;
    }

    private static async Task SpeakAsync(CallerProcess caller)
    {
        var before = caller.All("answer_ended").Count;
        await caller.SayAsync(LibrivoxClips.All.MinBy(clip => new FileInfo(clip.Path).Length).Path);
        var seen = 0;
        await caller.WaitAsync("answer_ended", _ => ++seen > before);
    }

    // Which of the two lost its agent.
    private static async Task<(CallerProcess Kept, CallerProcess Lost)> SortAsync(CallerProcess one, CallerProcess other)
    {
        var first = one.WaitAsync("participant_left");
        var second = other.WaitAsync("participant_left");
        return await Task.WhenAny(first, second) == first ? (other, one) : (one, other);
    }

    // The runtime takes the first for a fault of a library and gives up its hold on the signal; a fault would come again, as this one does.
    private static async Task CrashAsync(int processId)
    {
        while (await ServingAico.SignalAsync("SEGV", processId))
        {
        }
    }

    private static async Task<List<JsonNode>> CallHostsAsync(ServingAico aico) =>
        [.. (await aico.GetAsync("/api/hosts")).Body["hosts"]!.AsArray().Where(host => host!["callHost"] is not null).Select(host => host!)];

    // Hosts report every few seconds, and nothing says when.
    private static async Task<List<JsonNode>> RunningAsync(ServingAico aico, int count)
    {
        while (true)
        {
            var sessions = (await aico.GetAsync("/api/sessions?state=live")).Body["sessions"]!.AsArray();
            if (sessions.Count == count)
            {
                return [.. sessions.Select(session => session!)];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<List<string>> WorkersAsync() =>
        [.. (await Server.StateAsync())["workers"]!.AsArray().Where(worker => (string?)worker!["agentName"] == _name).Select(worker => (string)worker!["id"]!)];
}

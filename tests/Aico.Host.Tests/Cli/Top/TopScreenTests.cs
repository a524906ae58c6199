using System.CommandLine;
using System.Text.Json.Nodes;
using Aico.Host.Cli.Top;
using Aico.Testing.Http;

namespace Aico.Host.Tests.Cli.Top;

/// <summary><c>aico top</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TopScreenTests
{
    private const string Quiet = """
        {"version":"0.1.0","role":"agent","processId":47,"startedAt":"2026-11-23T02:00:00+00:00","at":"2026-11-23T04:05:00+00:00",
         "process":{"cpuShare":0.183,"processors":2,"residentBytes":419430400,"managedBytes":26214400,"poolThreads":4,"poolWaiting":0,"poolDelayMs":2.4},
         "worker":null,"calls":[],"latencies":[],"providers":{"count":19,"outages":[]},"plugins":{"loaded":17,"rejected":0},"databaseQueue":null}
        """;

    [Test]
    public void Shows_a_quiet_host_in_a_few_lines() => TopScreen.Lines(Host()).Should().Equal(
        "AICO 0.1.0  role agent  process 47  up 2 h 5 min  takes no calls",
        "cpu 18 % of 2  memory 400 MB (.NET 25)  pool 4 threads, delay 2 ms  database none  plugins 17",
        "",
        "No turn has been spoken yet.",
        "",
        "No calls.",
        "",
        "All of 19 providers are there.");

    [Test]
    public void Shows_calls_latencies_and_what_is_out()
    {
        var lines = TopScreen.Lines(Host(host =>
        {
            host["worker"] = Parse("""{"phase":"registered","registered":true,"error":null,"activeJobs":1,"reservedPlaces":0,"places":50,"load":0.412,"full":true}""");
            host["calls"]!.AsArray().Add(Call("AJ_1", "lobby"));
            host["latencies"]!.AsArray().Add(Parse("""{"name":"endToEnd","turns":7,"medianMs":331.6,"p95Ms":900.2}"""));
            host["providers"]!["outages"]!.AsArray().Add(Parse(
                """{"provider":"openai","endpoint":"https://api.openai.com:443","model":"gpt-5","scope":"model","phase":"cooling","since":"2026-11-23T04:01:02+00:00","failure":"quotaExceeded","message":"Too many.","retryInMs":12300}"""));
        }));

        lines[0].Should().EndWith("calls 1 of 50 (full)  load 0.41  registered");
        lines.Should().ContainInOrder(
            "LATEST TURNS    TURNS  MEDIAN  P95",
            "voice to voice  7      332 ms  900 ms",
            "CALL  ORGANIZATION  ROOM   AGE        AGENT     CALLER     TURNS  VOICE   WORDS   TURN  AUDIO  LATE  LOST  QUEUE  STT LLM TTS",
            "AJ_1  acme          lobby  1 min 5 s  speaking  listening  2      332 ms  312 ms  -     17 ms  3     0     32 ms  vosk openai piper",
            "openai  https://api.openai.com:443 gpt-5  model  quotaExceeded  04:01:02Z  tried again in 12 s",
            "    Too many.");
    }

    [Test]
    public async Task Shows_the_hosts_that_report_to_this_one()
    {
        await using var server = await LocalHttpServer.StartAsync();
        var own = Host(host => host["role"] = "api").ToJsonString();
        string Report(string label, string role, int limit, int restarts) => $$"""
            {"id":"{{label}}","name":"vm1","processId":12,"callHost":{{(limit > 0 ? "1" : "null")}},"role":"{{role}}","version":"0.1.0","nativeVersion":null,"startedAt":"2026-11-23T04:00:00.000Z",
             "phase":"serving","calls":3,"callLimit":{{limit}},"callsServed":9,"load":0.5,"residentBytes":300000000,"cpuCores":0.25,"threads":20,"handles":90,"lastError":null,
             "label":"{{label}}","restarts":{{restarts}},"lastSeenAt":"2026-11-23T04:05:00Z","isStale":false}
            """;
        server.Enqueue(LocalResponse.Text(200, own), LocalResponse.Text(200, $$"""{"hosts":[{{Report("vm1", "api", 0, 0)}},{{Report("vm1/1", "agent", 25, 2)}}]}"""));

        var text = await RunAsync("top", "--once", "--server", server.Url);

        text.Error.Should().BeEmpty();
        text.Output.Should().Contain("vm1/1  agent  12       serving  3/25   9       0.50  0.25  300 MB  20       90       5 min  2         0.1.0");
        server.Requests.Select(request => request.PathAndQuery).Should().Equal("/api/host", "/api/hosts");
    }

    [Test]
    public void Lets_no_room_s_name_command_the_terminal()
    {
        var lines = TopScreen.Lines(Host(host => host["calls"]!.AsArray().Add(Call("AJ_1", "\e]0;owned\a\r\nroom"))));

        lines.Should().OnlyContain(line => !line.Any(char.IsControl));
        lines.Should().Contain(line => line.Contains("?]0;owned?", StringComparison.Ordinal));
    }

    [Test]
    public void Keeps_within_the_terminal_and_leaves_nothing_of_the_picture_before()
    {
        TopTerminal.Picture(["a long line", "b", "c"], width: 6, height: 3).Should().Be("\e[Ha long\e[K\r\n… 2 li\e[K\r\n\e[J");
        TopTerminal.Picture(["a", "b"], width: 80, height: 24).Should().Be("\e[Ha\e[K\r\nb\e[K\r\n\e[J");
    }

    [Test]
    public async Task Prints_once_where_the_output_is_no_terminal_and_as_JSON_what_the_host_said()
    {
        await using var server = await LocalHttpServer.StartAsync();
        server.Default = LocalResponse.Text(200, Quiet);

        var text = await RunAsync("top", "--once", "--server", server.Url);
        var json = await RunAsync("top", "--json", "--server", server.Url);

        text.ExitCode.Should().Be(0);
        text.Output.Should().StartWith("AICO 0.1.0").And.Contain("All of 19 providers are there.");
        JsonNode.DeepEquals(json.Json, Parse(Quiet)).Should().BeTrue();
        server.Requests.Should().OnlyContain(request => request.PathAndQuery == "/api/host");
    }

    [Test]
    public async Task Says_in_a_line_what_is_wrong_with_the_server_or_the_options()
    {
        await using var server = await LocalHttpServer.StartAsync();
        server.Default = LocalResponse.Text(200, """{"version":"9"}""");

        var other = await RunAsync("top", "--once", "--server", server.Url);
        var nonsense = await RunAsync("top", "--interval", "0");
        var address = await RunAsync("top", "--once", "--server", "here");

        (other.ExitCode, other.Output).Should().Be((1, ""));
        other.Error.Should().Contain("of another version");
        (nonsense.ExitCode, address.ExitCode).Should().Be((2, 2));
        nonsense.Error.Should().StartWith("aico: --interval:");
    }

    private static Task<CliHarness> RunAsync(params string[] args) => CliHarness.RunAsync(new RootCommand("test") { TopCommand.Create(TimeProvider.System) }, args);

    private static JsonObject Host(Action<JsonObject>? change = null)
    {
        var host = Parse(Quiet);
        change?.Invoke(host);
        return host;
    }

    private static JsonObject Call(string id, string room)
    {
        var call = Parse("""
            {"organizationId":"acme","agent":"default","startedAt":"2026-11-23T04:03:55+00:00","ageMs":65000,"agentState":"speaking","callerState":"listening","turns":2,
             "lastTurn":{"endToEndMs":331.6,"transcriptionMs":312.0,"endOfTurnMs":null,"firstAudioMs":17.1},"providers":{"stt":"vosk","llm":"openai","tts":"piper"},"lateFrames":3,"droppedFrames":0,"queueAgeMs":32}
            """);
        (call["id"], call["roomName"]) = (id, room);
        return call;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}

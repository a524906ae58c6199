using System.Text.Json.Nodes;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>The server and the serving program that the tests of this folder share: its models are loaded once.</summary>
[SetUpFixture]
internal sealed class ServedRooms
{
    public const string Greeting = "Good morning. You are talking to the machine of the town library.";

    public static LiveKitTestServer Server { get; private set; } = null!;

    public static ServingAico Aico { get; private set; } = null!;

    /// <summary>What <c>aico serve</c> is told everywhere here: who is silent for long is left in peace, since tests end calls themselves.</summary>
    public static string[] Agent { get; } = ["--greeting", Greeting, "--silence-timeout", "0", "--max-load", "1"];

    [OneTimeSetUp]
    public static async Task Start()
    {
        Server = await LiveKitTestServer.StartAsync();
        Aico = await ServingAico.StartAsync(Server, null, Agent);
        await Server.WaitAsync(new { type = "worker_registered" });
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (TestContext.CurrentContext.Result.FailCount > 0)
        {
            await TestContext.Out.WriteLineAsync(Aico.Log);
        }

        await Aico.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A token as <c>aico token</c> prints it.</summary>
    public static async Task<string> TokenAsync(string room, string identity)
    {
        var token = await AicoProcess.RunWithAsync(
            new() { ["LIVEKIT_URL"] = Server.Url.AbsoluteUri, ["LIVEKIT_API_KEY"] = Server.Tokens.Key, ["LIVEKIT_API_SECRET"] = Server.Tokens.Secret },
            "token", "--room", room, "--identity", identity);
        token.ExitCode.Should().Be(0, "it printed {0}", token.Error);
        return token.Output.Trim();
    }

    /// <summary>The session of a room as the API shows it, with its turns.</summary>
    public static async Task<JsonNode> SessionAsync(string room)
    {
        var (status, list) = await Aico.GetAsync("/api/sessions");
        status.Should().Be(200);
        var id = (string)list["sessions"]!.AsArray().Single(session => (string)session!["roomName"]! == room)!["id"]!;
        var (found, session) = await Aico.GetAsync($"/api/sessions/{id}");
        found.Should().Be(200);
        return session;
    }

    /// <summary>Waits until the host says that the job of a room is over, which is when its session is.</summary>
    public static async Task EndAsync(string room, string status = "JS_SUCCESS")
    {
        // Not job_status: a server calls a job failed whose agent leaves before the host reports it, as every agent does.
        var assigned = await Server.WaitAsync(new { type = "job_assigned", room });
        await Server.WaitAsync(new { type = "update_job", job = (string)assigned["job"]!, status });
    }
}

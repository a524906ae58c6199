using System.Text.Json.Nodes;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary>
/// A telephone call of the assembled program: dialled over the API, keys both ways, handed on. No telephone is there: the test server
/// notes what is asked of SIP, and the person called is a participant of that kind.
/// </summary>
internal sealed class TelephoneCallTests
{
    private const string Phone = "phone";
    private const string Script = """
        {
          "rules": [
            { "when": "keys\\] 1#", "tools": [{ "name": "send_dtmf", "arguments": { "digits": "42#" } }], "afterTools": "I have pressed the keys." },
            { "when": "keys\\] 0#", "tools": [{ "name": "transfer_call", "arguments": { "to": "+1 555 0199" } }], "afterTools": "That is all I can do." }
          ]
        }
        """;

    private readonly string _room = LiveKitTestServer.NewRoom();

    private static LiveKitTestServer Server => ServedRooms.Server;

    [TearDown]
    public Task End() => Server.ClearRulesAsync();

    [Test]
    public async Task Is_dialled_takes_and_presses_keys_and_is_handed_on()
    {
        await using var aico = await ServingAico.StartAsync(
            Server,
            null,
            "--agent-name", _room, "--llm", "scripted", "--set", $"scripted.script={Script}", "--greeting", "You were called on {{caller.phone}}.",
            "--silence-timeout", "0", "--max-load", "1");
        await Server.WaitAsync(new { type = "worker_registered", agentName = _room });
        var (status, session) = await aico.PostAsync("/api/sessions", new
        {
            roomName = _room,
            waitForAgent = true,
            participant = new { identity = Phone, name = "Ann" },
            call = new { trunkId = "ST_1", to = "+15550100", from = "+15550200", ringingTimeoutSeconds = 30, waitUntilAnswered = true },
        });
        status.Should().Be(201, "{0}", session);
        session["participantToken"].Should().BeNull();
        session["sipCallId"]!.ToString().Should().StartWith("SCL_");
        var dialled = (await Server.WaitAsync(new { type = "twirp", method = "SIP/CreateSIPParticipant" }))["request"]!;
        Fields(dialled).Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["sipTrunkId"] = "ST_1",
            ["sipCallTo"] = "+15550100",
            ["sipNumber"] = "+15550200",
            ["roomName"] = _room,
            ["participantIdentity"] = Phone,
            ["participantName"] = "Ann",
            ["ringingTimeout"] = "30s",
            ["waitUntilAnswered"] = "true",
            ["participantAttributes"] = """{"aico.organization":"default"}""",
        });

        var attributes = new Dictionary<string, string> { ["sip.callStatus"] = "active", ["sip.phoneNumber"] = "+15550100" };
        await using var caller = CallerProcess.Start(Server.Url, Server.Tokens.Join(_room, Phone, TimeProvider.System.GetUtcNow(), "sip", attributes), "--stdin");
        await caller.WaitAsync("transcription", said => (string)said["text"]! == "You were called on +15550100.");
        await caller.PressAsync("1#");
        await caller.WaitAsync("transcription", said => (string)said["text"]! == "I have pressed the keys.");
        caller.All("dtmf").Select(key => $"{key["code"]}:{key["digit"]}").Should().Equal("4:4", "2:2", "11:#");

        await Server.PostAsync("rules", new { at = "twirp", what = "SIP/TransferSIPParticipant", times = 1, status = 503, code = "unavailable", meta = new { sip_status_code = "486" } });
        await caller.PressAsync("0#");
        await caller.WaitAsync("transcription", said => (string)said["text"]! == "That is all I can do.");
        await caller.PressAsync("0#");
        var refused = await Server.WaitAsync(new { type = "twirp", method = "SIP/TransferSIPParticipant", error = "unavailable" });
        var handed = (await Server.WaitAsync(new { type = "twirp", method = "SIP/TransferSIPParticipant", since = (int)refused["seq"]! }))["request"]!;
        await caller.LeaveAsync();
        await ServedRooms.EndAsync(_room);
        var (_, call) = await aico.GetAsync($"/api/sessions/{session["id"]}");

        Fields(handed).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["participantIdentity"] = Phone, ["roomName"] = _room, ["transferTo"] = "tel:+15550199" });
        call["turns"]!.AsArray().Skip(1).Select(turn => (string)turn!["caller"]!["text"]!).Should().Equal("[keys] 1#", "[keys] 0#", "[keys] 0#");
        TestContext.Out.WriteLine(call.ToJsonString());
    }

    private static Dictionary<string, string> Fields(JsonNode request) => request.AsObject().ToDictionary(field => field.Key, field => field.Value is JsonObject ? field.Value.ToJsonString() : $"{field.Value}");
}

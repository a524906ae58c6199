using Aico.Host.Calls.TurnTaking;
using Aico.Host.LiveKit.Protocol;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;
using Response = Aico.Host.LiveKit.Protocol.SessionResponse.ResponseOneofCase;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

/// <summary>The same bytes as LiveKit's own encoder makes, and requests that it made.</summary>
public class RemoteWireTests
{
    [TestCase(ForeignPayloads.Ping, nameof(Response.Pong))]
    [TestCase(ForeignPayloads.GetChatHistory, nameof(Response.GetChatHistory))]
    [TestCase(ForeignPayloads.GetAgentInfo, nameof(Response.GetAgentInfo))]
    [TestCase(ForeignPayloads.GetSessionState, nameof(Response.GetSessionState))]
    [TestCase(ForeignPayloads.GetRtcStats, nameof(Response.GetRtcStats))]
    [TestCase(ForeignPayloads.GetSessionUsage, nameof(Response.GetSessionUsage))]
    [TestCase(ForeignPayloads.GetFrameworkInfo, nameof(Response.GetFrameworkInfo))]
    [TestCase(ForeignPayloads.UpdateIoHearingOff, nameof(Response.UpdateIo))]
    public void Answers_foreign_requests(string payload, string expected)
    {
        using var remote = new RemoteCall().RunUntil(0.5);

        remote.AskHex(payload)!.Should().Match<SessionResponse>(answer => answer.RequestId == "req_1" && answer.ResponseCase.ToString() == expected);
    }

    [Test]
    public void Reads_foreign_switches()
    {
        using var remote = new RemoteCall().RunUntil(0.5);

        remote.AskHex(ForeignPayloads.UpdateIoHearingOff)!.Error.Should().Contain("audio input");
        remote.AskHex(ForeignPayloads.UpdateIoWritingOff)!.Error.Should().Contain("Transcripts");
    }

    [Test]
    public void Takes_foreign_text()
    {
        using var remote = new RemoteCall().RunUntil(0.5);

        remote.AskHex(ForeignPayloads.RunInput).Should().BeNull();
        remote.RunUntil(4);

        remote.Call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("Grüß Gott");
        remote.Responses.Should().ContainSingle().Which.RequestId.Should().Be("req_1");
    }

    [TestCase(ForeignPayloads.FinalizeSimulation)]
    [TestCase(ForeignPayloads.AudioInput)]
    public void Ignores_foreign_messages_that_it_does_not_know(string payload)
    {
        using var remote = new RemoteCall().RunUntil(0.5);

        remote.AskHex(payload).Should().BeNull();

        remote.Log.Lines.Should().BeEmpty();
    }

    [Test]
    public void Sends_events_as_foreign_bytes()
    {
        using var remote = Scene();

        remote.Sent.Select(sent => sent.Hex).Should().ContainInOrder(
            ForeignPayloads.UserStateEvent, ForeignPayloads.TranscribedEvent, ForeignPayloads.AgentStateEvent, ForeignPayloads.CallerItemEvent,
            ForeignPayloads.ToolsEvent, ForeignPayloads.OverlapEvent, ForeignPayloads.FalseInterruptionEvent, ForeignPayloads.AgentItemEvent,
            ForeignPayloads.UsageEvent);
    }

    [Test]
    public void Sends_answers_as_foreign_bytes()
    {
        using var remote = Scene();
        var before = remote.Sent.Count;
        remote.Ask(new SessionRequest { GetChatHistory = new() });
        remote.Ask(new SessionRequest { GetAgentInfo = new() });
        remote.Ask(new SessionRequest { GetRtcStats = new() });
        remote.Ask(new SessionRequest { GetSessionUsage = new() });
        remote.AskHex(ForeignPayloads.UpdateIoHearingOff);
        remote.RunInput("");

        remote.Sent.Skip(before).Select(sent => sent.Hex).Should().Equal(
            ForeignPayloads.HistoryResponse, ForeignPayloads.AgentInfoResponse, ForeignPayloads.RtcStatsResponse, ForeignPayloads.SessionUsageResponse,
            ForeignPayloads.UpdateRefusedResponse, ForeignPayloads.InputRefusedResponse);
    }

    [Test]
    public void Sends_the_state_as_a_foreign_message()
    {
        using var remote = Scene();

        var state = remote.Ask(new SessionRequest { GetSessionState = new() });

        // Not the same bytes: of an empty value in a map one encoder writes the field, the other does not.
        var foreign = AgentSessionMessage.Parser.ParseFrom(Convert.FromHexString(ForeignPayloads.SessionStateResponse));
        state.Should().Be(foreign.Response);
    }

    /// <summary>A question with a tool, noise while the answer is heard, and the caller speaking.</summary>
    private static RemoteCall Scene()
    {
        var remote = new RemoteCall();
        var usage = new UsageDetails { InputTokenCount = 150, CachedInputTokenCount = 20, OutputTokenCount = 4 };
        remote.Call.Settings = remote.Call.Settings with
        {
            Language = "en",
            Instructions = "Be kind.",
            Tools = [new ScriptedTool("weather", remote.Call.Time)],
            // As it was when the payloads were recorded.
            Interruption = new InterruptionSettings { MinimumDuration = TimeSpan.FromMilliseconds(250) },
        };
        remote.Call.LanguageModel.Says(
            new Answer("", ScriptedLanguageModel.Call("weather")), new Answer("It is sunny and it stays so.") { Usage = usage }, new Answer("Bye."));
        remote.Call.Caller.Says("How is the weather?", from: 1, to: 2);
        remote.Call.Caller.Says("", from: 2.7, to: 3.1);
        remote.Call.Caller.Says("Stop please.", from: 5.6, to: 6.6);
        remote.RunUntil(6.7);
        return remote;
    }
}

using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Protocol;
using Aico.Testing.Calls;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

public class RemoteRequestTests
{
    [Test]
    public void Answers_who_asked_with_the_id_of_the_request()
    {
        using var remote = new RemoteCall().RunUntil(0.5);

        var answer = remote.Ask(new SessionRequest { Ping = new() }, "req_42");

        answer!.Should().Match<SessionResponse>(pong => pong.RequestId == "req_42" && pong.Pong != null && !pong.HasError);
        remote.Sent[^1].Stream.Should().Match<Host.LiveKit.Rooms.RoomText>(stream => stream.Topic == "lk.agent.session");
        remote.Sent[^1].Stream.Destinations.Should().Equal("me");
        remote.Sent[^1].Name.Should().StartWith("AS_");
    }

    [Test]
    public void Tells_the_conversation_as_it_was_heard_with_its_tools()
    {
        using var remote = new RemoteCall();
        remote.Call.Settings = remote.Call.Settings with { Greeting = "Hello there.", Tools = [new ScriptedTool("weather", remote.Call.Time)] };
        remote.Call.LanguageModel.Says(new Answer("Let me see.", ScriptedLanguageModel.Call("weather")), new Answer("It is sunny."));
        remote.Call.Caller.Says("How is the weather?", from: 2, to: 3);
        remote.RunUntil(8);

        var items = remote.Ask(new SessionRequest { GetChatHistory = new() })!.GetChatHistory.Items;

        RemoteCall.Texts(items).Should().Equal(
            "assistant: Hello there.", "user: How is the weather?", "call: weather", "output: done", "assistant: Let me see. It is sunny.");
        items[2].FunctionCall.CallId.Should().NotBeEmpty().And.Be(items[3].FunctionCallOutput.CallId);
        items.Select(Id).Should().OnlyHaveUniqueItems().And.NotContain("");
    }

    [Test]
    public void Tells_when_things_were_said_in_the_time_of_day()
    {
        using var remote = new RemoteCall();
        remote.Call.Caller.Says("Question?", from: 1, to: 2);
        remote.RunUntil(6);

        var items = remote.Ask(new SessionRequest { GetChatHistory = new() })!.GetChatHistory.Items;

        items[0].Message.CreatedAt.ToDateTime().Should().Be(new DateTime(2026, 1, 1, 0, 0, 2, 300, DateTimeKind.Utc));
        items[1].Message.CreatedAt.Should().Be(items[1].Message.Metrics.StartedSpeakingAt, "it was said from then on");
        items[1].Message.Metrics.StartedSpeakingAt.ToDateTime().Should().Be(new DateTime(2026, 1, 1, 0, 0, 2, 300, DateTimeKind.Utc));
        items[1].Message.Metrics.StoppedSpeakingAt.ToDateTime().Should().BeAfter(items[1].Message.Metrics.StartedSpeakingAt.ToDateTime());
        items[1].Message.Metrics.E2ELatency.Should().BeApproximately(0.3, 1e-9);
        items[0].Message.Metrics.EndOfTurnDelay.Should().BeApproximately(0.3, 1e-9);
    }

    [Test]
    public void Describes_the_agent()
    {
        using var remote = new RemoteCall();
        remote.Call.Settings = remote.Call.Settings with
        {
            Instructions = "Be kind.",
            Greeting = "Hello there.",
            Tools = [new ScriptedTool("weather", remote.Call.Time), new ScriptedTool("time", remote.Call.Time)],
        };
        remote.RunUntil(3);

        var info = remote.Ask(new SessionRequest { GetAgentInfo = new() })!.GetAgentInfo;

        info.Id.Should().Be("agent");
        info.Instructions.Should().Be("Be kind.");
        info.Tools.Should().Equal("time", "weather");
        RemoteCall.Texts(info.ChatCtx).Should().Equal("assistant: Hello there.");
    }

    [Test]
    public void Keeps_what_is_inside_from_strangers()
    {
        using var remote = new RemoteCall { ShowsInternals = false };
        remote.Call.Settings = remote.Call.Settings with { Instructions = "Secret plan.", Tools = [new ScriptedTool("spy", remote.Call.Time)] };
        remote.Call.LanguageModel.Says(new Answer("", ScriptedLanguageModel.Call("spy")), new Answer("It is sunny."));
        remote.Call.LanguageModel.Failures.Enqueue(new Abstractions.ProviderException(Abstractions.ProviderFailure.Unavailable, "The inner host is down."));
        remote.Call.Caller.Says("How is the weather?", from: 1, to: 2);
        remote.RunUntil(8);

        var info = remote.Ask(new SessionRequest { GetAgentInfo = new() })!.GetAgentInfo;

        info.HasInstructions.Should().BeFalse();
        RemoteCall.Texts(info.ChatCtx).Should().Equal("user: How is the weather?", "assistant: It is sunny.");
        var told = string.Join('\n', remote.Sent.Select(sent => sent.Message.ToString()));
        told.Should().Contain("LanguageModel failed.").And.NotContain("Secret").And.NotContain("spy").And.NotContain("inner host");
    }

    [Test]
    public void Tells_the_state_of_both_sides()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.FirstTokenDelay = TimeSpan.FromSeconds(1);
        remote.Call.Caller.Says("Question?", from: 1, to: 2);
        remote.RunUntil(1.5);
        var during = remote.Ask(new SessionRequest { GetSessionState = new() })!.GetSessionState;
        remote.RunUntil(2.5);
        var after = remote.Ask(new SessionRequest { GetSessionState = new() })!.GetSessionState;
        remote.RunUntil(3.5);
        var answered = remote.Ask(new SessionRequest { GetSessionState = new() })!.GetSessionState;

        (during.AgentState, during.UserState).Should().Be((AgentState.AsListening, UserState.UsSpeaking));
        (after.AgentState, after.UserState).Should().Be((AgentState.AsThinking, UserState.UsListening));
        answered.AgentState.Should().Be(AgentState.AsSpeaking);
        during.AgentId.Should().Be("agent");
        during.CreatedAt.ToDateTime().Should().Be(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        during.Options.Should().Contain("max_tool_steps", "3").And.Contain("user_away_timeout", "")
            .And.Contain("endpointing", """{"min_delay":0.3,"max_delay":2.5}""").And.Contain("preemptive_generation", """{"enabled":true}""");
    }

    [Test]
    public void Is_initializing_before_the_call()
    {
        using var remote = new RemoteCall();
        remote.Start();

        var state = remote.Ask(new SessionRequest { GetSessionState = new() })!.GetSessionState;

        (state.AgentState, state.UserState).Should().Be((AgentState.AsInitializing, UserState.UsListening));
    }

    [Test]
    public void Counts_what_was_used_of_each_provider()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.Says(new Answer("It is three.")
        {
            Usage = new UsageDetails { InputTokenCount = 50, CachedInputTokenCount = 20, OutputTokenCount = 4 },
        });
        remote.Call.Caller.Says("Question?", from: 1, to: 2);
        remote.Call.Caller.Says("Question again?", from: 5, to: 6.5);
        remote.RunUntil(10);

        var usage = remote.Ask(new SessionRequest { GetSessionUsage = new() })!.GetSessionUsage;

        usage.Usage.ModelUsage.Should().HaveCount(3);
        usage.Usage.ModelUsage[0].Llm.Should().Be(
            new LLMModelUsage { Provider = "llm", InputTokens = 100, InputCachedTokens = 40, OutputTokens = 8 });
        usage.Usage.ModelUsage[1].Tts.Should().Match<TTSModelUsage>(tts => tts.Provider == "tts" && tts.CharactersCount == 26, "spaces are sent too");
        usage.Usage.ModelUsage[1].Tts.AudioDuration.Should().BeApproximately(1.8, 0.01);
        usage.Usage.ModelUsage[2].Stt.Provider.Should().Be("stt");
        usage.Usage.ModelUsage[2].Stt.AudioDuration.Should().BeApproximately(2.5, 0.1);
        usage.CreatedAt.Should().Be(Timestamp.FromDateTimeOffset(remote.Call.Time.GetUtcNow()));
    }

    [Test]
    public void Has_no_figures_of_the_connection_and_says_what_it_is()
    {
        using var remote = new RemoteCall().RunUntil(0.5);

        remote.Ask(new SessionRequest { GetRtcStats = new() })!.ResponseCase.Should().Be(SessionResponse.ResponseOneofCase.GetRtcStats);
        var framework = remote.Ask(new SessionRequest { GetFrameworkInfo = new() })!.GetFrameworkInfo;
        framework.Sdk.Should().Be("aico");
        framework.SdkVersion.Should().MatchRegex("""^\d+\.\d+\.\d+$""");
    }

    [TestCase(true, null, null, null, TestName = "Confirms that the agent hears")]
    [TestCase(null, true, true, null, TestName = "Confirms that it speaks and writes")]
    [TestCase(null, null, null, null, TestName = "Confirms a request for nothing")]
    [TestCase(false, null, null, "audio input", TestName = "Refuses to switch hearing")]
    [TestCase(null, false, null, "audio output", TestName = "Refuses to switch speaking")]
    [TestCase(null, null, false, "Transcripts", TestName = "Refuses to switch transcripts")]
    public void Confirms_how_it_is_and_refuses_to_switch(bool? hears, bool? speaks, bool? writes, string? error)
    {
        using var remote = new RemoteCall().RunUntil(0.5);
        var update = new SessionRequest.Types.UpdateIO { Input = new(), Output = new() };
        if (hears is { } input)
        {
            update.Input.AudioEnabled = input;
        }

        if (speaks is { } output)
        {
            update.Output.AudioEnabled = output;
        }

        if (writes is { } text)
        {
            update.Output.TranscriptionEnabled = text;
        }

        var answer = remote.Ask(new SessionRequest { UpdateIo = update })!;

        answer.UpdateIo.Should().NotBeNull();
        (answer.HasError ? answer.Error : null).Should().Match<string?>(told => error == null ? told == null : told!.Contains(error));
    }

    [Test]
    public void Confirms_a_deaf_agent_that_it_is_deaf()
    {
        using var remote = new RemoteCall { Room = new RoomCallSettings { HearsAudio = false } }.RunUntil(0.5);

        remote.Ask(new SessionRequest { UpdateIo = new() { Input = new() { AudioEnabled = false } } })!.HasError.Should().BeFalse();
    }

    [Test]
    public void Ignores_everybody_but_the_linked_participant()
    {
        var ping = new AgentSessionMessage { Request = new SessionRequest { Ping = new() } }.ToByteArray();
        using var remote = new RemoteCall().RunUntil(0.5);
        remote.Receive(ping, from: "other");
        remote.Receive(ping, from: "");
        remote.Receive(ping, topic: "other.topic");
        remote.Linked = null;
        remote.Receive(ping);
        remote.Call.Time.RunUntilIdle();
        remote.Responses.Should().BeEmpty();

        remote.Linked = "me";
        remote.Receive(ping);
        remote.Call.Time.RunUntilIdle();

        remote.Responses.Should().ContainSingle();
    }

    [Test]
    public void Ignores_events_and_answers_of_others()
    {
        using var remote = new RemoteCall().RunUntil(0.5);
        var before = remote.Sent.Count;

        remote.Receive(new AgentSessionMessage { Response = new SessionResponse { Pong = new() } }.ToByteArray());
        remote.Receive(new AgentSessionMessage { Event = new AgentSessionEvent() }.ToByteArray());
        remote.Receive([]);
        remote.Call.Time.RunUntilIdle();

        remote.Sent.Should().HaveCount(before);
        remote.Log.Lines.Should().BeEmpty();
    }

    [Test]
    public void Ignores_what_is_broken_or_too_large_and_says_so_once()
    {
        using var remote = new RemoteCall().RunUntil(0.5);
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            remote.Receive(bytes);
        }

        var large = new AgentSessionMessage { Request = new SessionRequest { RequestId = new string('x', 70_000), Ping = new() } };
        remote.Receive(large.ToByteArray());
        remote.Call.Time.RunUntilIdle();

        remote.Responses.Should().NotContain(response => response.RequestId.Length > 60);
        remote.Log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);
        remote.Ask(new SessionRequest { Ping = new() })!.Pong.Should().NotBeNull();
        remote.Call.Ending.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Forgets_the_oldest_of_a_long_conversation_and_cuts_long_texts()
    {
        using var remote = new RemoteCall();
        remote.Settings = settings => settings with { MaximumHistoryBytes = 20_000 };
        remote.Call.Settings = remote.Call.Settings with { Tools = [new ScriptedTool("lookup", remote.Call.Time) { Returns = new string('r', 50_000) }] };
        remote.Call.LanguageModel.Answers = messages => messages[^1].Role == Microsoft.Extensions.AI.ChatRole.User ? new Answer("", ScriptedLanguageModel.Call("lookup")) : new Answer("Well.");
        foreach (var second in new[] { 1, 4, 7 })
        {
            remote.Call.Caller.Says($"Question {second}?", from: second, to: second + 1);
        }

        remote.RunUntil(11);

        var items = remote.Ask(new SessionRequest { GetChatHistory = new() })!.GetChatHistory.Items;
        items.Sum(item => item.CalculateSize()).Should().BeLessThan(20_000);
        items[^1].Message.Content[0].Text.Should().Be("Well.");
        items[^2].FunctionCallOutput.Output.Should().HaveLength(8193).And.EndWith("r…");
        RemoteCall.Texts(items).Should().NotContain("user: Question 1?").And.Contain("user: Question 7?");
    }

    private static string Id(ChatContext.Types.ChatItem item) => item.Message?.Id ?? item.FunctionCall?.Id ?? item.FunctionCallOutput.Id;
}

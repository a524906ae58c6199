using Aico.Abstractions;
using Aico.Host.LiveKit.Protocol;
using Aico.Testing.Calls;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;
using Case = Aico.Host.LiveKit.Protocol.AgentSessionEvent.EventOneofCase;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

public class RemoteEventTests
{
    private const string Speech = "aaa bbb ccc ddd eee fff ggg hhh iii jjj.";

    [Test]
    public void Tells_a_turn_in_the_order_in_which_it_happens()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.Says("It is three.");
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);

        remote.RunUntil(6);

        remote.Events.Select(Short).Should().Equal(
            "agent AsInitializing > AsListening", "user UsListening > UsSpeaking", "user UsSpeaking > UsListening",
            "heard What time is it? True", "agent AsListening > AsThinking", "item User What time is it?", "agent AsThinking > AsSpeaking",
            "item Assistant It is three.", "SessionUsageUpdated", "agent AsSpeaking > AsListening");
        remote.Events.Select(told => told.CreatedAt.ToDateTime()).Should().BeInAscendingOrder();
        remote.Events[^1].CreatedAt.ToDateTime().Should().Be(new DateTime(2026, 1, 1, 0, 0, 3, 200, DateTimeKind.Utc));
    }

    [Test]
    public void Tells_nothing_until_it_is_asked_something()
    {
        using var remote = new RemoteCall { IsWatched = false };
        remote.Call.LanguageModel.Says(new Answer("It is three."), new Answer("It is four."));
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);
        remote.Call.Caller.Says("What time is it?", from: 5, to: 6);

        remote.RunUntil(4.5);
        var before = remote.Events.Count;
        remote.Ask(new SessionRequest { Ping = new() });
        remote.RunUntil(9);

        before.Should().Be(0);
        remote.Events.Select(Short).Should().StartWith(["user UsListening > UsSpeaking", "user UsSpeaking > UsListening"])
            .And.Contain("item Assistant It is four.").And.NotContain("item Assistant It is three.");
    }

    [Test]
    public void Tells_nothing_to_another_caller_who_has_asked_nothing()
    {
        using var remote = new RemoteCall();
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);
        remote.RunUntil(0.5);
        var before = remote.Events.Count;
        remote.Linked = "another";

        remote.RunUntil(4);

        remote.Events.Should().HaveCount(before);
    }

    [Test]
    public void Names_the_language_that_is_set()
    {
        using var remote = new RemoteCall();
        remote.Call.Settings = remote.Call.Settings with { Language = "en" };
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);

        remote.RunUntil(3);

        Of(remote, Case.UserInputTranscribed)[0].UserInputTranscribed.Language.Should().Be("en");
    }

    [Test]
    public void Tells_tools_as_they_have_run_by_the_ids_that_the_history_has()
    {
        using var remote = new RemoteCall();
        remote.Call.Settings = remote.Call.Settings with
        {
            Tools = [new ScriptedTool("good", remote.Call.Time), new ScriptedTool("bad", remote.Call.Time) { Throws = new InvalidOperationException("No such city.") }],
        };
        remote.Call.LanguageModel.Says(
            new Answer("", ScriptedLanguageModel.Call("good", "a"), ScriptedLanguageModel.Call("bad", "b")), new Answer("It is sunny."));
        remote.Call.Caller.Says("How is the weather?", from: 1, to: 2);

        remote.RunUntil(2.5);
        var told = Of(remote, Case.FunctionToolsExecuted).Select(executed => executed.FunctionToolsExecuted).ToList();
        remote.RunUntil(6);

        told.Select(executed => (executed.FunctionCalls[0].Name, executed.FunctionCallOutputs[0].Output, executed.FunctionCallOutputs[0].IsError))
            .Should().Equal(("good", "done", false), ("bad", "No such city.", true));
        var items = remote.Ask(new SessionRequest { GetChatHistory = new() })!.GetChatHistory.Items;
        items.Where(item => item.FunctionCall is not null).Select(item => item.FunctionCall).Should().Equal(told.Select(executed => executed.FunctionCalls[0]));
        remote.Events.Select(Short).Should().ContainInOrder("item User How is the weather?", "FunctionToolsExecuted", "item Assistant It is sunny.");
    }

    [Test]
    public void Tells_an_interruption_with_when_it_began_and_what_was_heard()
    {
        using var remote = Speaking();
        remote.Call.Caller.Says("Stop please.", from: 3.3, to: 4.3);

        remote.RunUntil(6);

        var overlap = Of(remote, Case.OverlappingSpeech).Should().ContainSingle().Subject.OverlappingSpeech;
        overlap.IsInterruption.Should().BeTrue();
        overlap.OverlapStartedAt.ToDateTime().Should().BeCloseTo(new DateTime(2026, 1, 1, 0, 0, 3, 300, DateTimeKind.Utc), TimeSpan.FromMilliseconds(50));
        (overlap.DetectedAt - overlap.OverlapStartedAt).ToTimeSpan().TotalSeconds.Should().BeApproximately(overlap.DetectionDelay, 1e-9).And.BeGreaterThan(0.2);
        Of(remote, Case.AgentFalseInterruption).Should().BeEmpty();
        var said = Of(remote, Case.ConversationItemAdded).Select(added => added.ConversationItemAdded.Item.Message).First(message => message.Role == ChatRole.Assistant);
        (said.Content[0].Text, said.Interrupted).Should().Be(("aaa bbb ccc ddd", true));
    }

    [Test]
    public void Tells_a_false_interruption_that_was_undone()
    {
        using var remote = Speaking();
        remote.Call.Caller.Says("", from: 3.3, to: 3.8);

        remote.RunUntil(12);

        remote.Call.Of<Host.Calls.PlaybackResumed>().Should().ContainSingle();
        Of(remote, Case.OverlappingSpeech).Should().ContainSingle().Which.OverlappingSpeech.IsInterruption.Should().BeFalse();
        Of(remote, Case.AgentFalseInterruption).Should().ContainSingle().Which.AgentFalseInterruption.Resumed.Should().BeTrue();
        Of(remote, Case.UserInputTranscribed).Select(Short).Should().Equal(["heard Question? True"], "noise has no words to tell");
    }

    [Test]
    public void Tells_no_overlap_where_typed_text_stops_the_agent()
    {
        using var remote = Speaking().RunUntil(3);
        remote.Call.Call.SendText("Stop");

        remote.RunUntil(5);

        remote.Call.Turns[0].Interrupted.Should().BeTrue();
        Of(remote, Case.OverlappingSpeech).Should().BeEmpty();
    }

    [Test]
    public void Tells_the_words_of_a_turn_that_was_taken_back_only_once_and_whole()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.FirstTokenDelay = TimeSpan.FromSeconds(2);
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);
        remote.Call.Caller.Says("In Berlin of course.", from: 2.6, to: 4);

        remote.RunUntil(12);

        remote.Call.Of<Host.Calls.TurnDecided>().Should().HaveCount(2);
        Of(remote, Case.ConversationItemAdded).Select(Short).Should().HaveCount(2).And.StartWith("item User What time is it? In Berlin of course.");
    }

    [Test]
    public void Tells_what_failed()
    {
        using var remote = new RemoteCall();
        remote.Call.LanguageModel.Failures.Enqueue(new ProviderException(ProviderFailure.Unauthorized, "The key is refused."));
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);

        remote.RunUntil(5);

        Of(remote, Case.Error).Should().ContainSingle().Which.Error.Message.Should().Be("LanguageModel (llm): The key is refused.");
    }

    [Test]
    public void Tells_usage_only_where_it_has_changed()
    {
        using var remote = new RemoteCall();
        remote.Call.Providers = providers => providers with { TextToSpeech = null };
        remote.RunUntil(1);
        remote.Call.Call.SendText("One");
        remote.Call.Call.SendText("Two");

        remote.RunUntil(5);

        remote.Call.Turns.Should().HaveCount(2);
        Of(remote, Case.SessionUsageUpdated).Should().ContainSingle();
    }

    [Test]
    public void Tells_nobody_while_nobody_is_linked()
    {
        using var remote = new RemoteCall { Linked = null };
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);
        remote.RunUntil(2.1);
        remote.Sent.Should().BeEmpty();
        remote.Linked = "you";
        remote.Receive(Convert.FromHexString(ForeignPayloads.FinalizeSimulation), from: "you");

        remote.RunUntil(6);

        remote.Events.Select(Short).Should().StartWith("user UsSpeaking > UsListening");
        remote.Sent.Should().OnlyContain(sent => sent.Stream.Destinations.Single() == "you");
    }

    private static RemoteCall Speaking()
    {
        var remote = new RemoteCall();
        remote.Call.LanguageModel.Says(Speech);
        remote.Call.Caller.Says("Question?", from: 1, to: 2);
        return remote;
    }

    private static List<AgentSessionEvent> Of(RemoteCall remote, Case kind) => [.. remote.Events.Where(told => told.EventCase == kind)];

    private static string Short(AgentSessionEvent told) => told.EventCase switch
    {
        Case.AgentStateChanged => $"agent {told.AgentStateChanged.OldState} > {told.AgentStateChanged.NewState}",
        Case.UserStateChanged => $"user {told.UserStateChanged.OldState} > {told.UserStateChanged.NewState}",
        Case.UserInputTranscribed => $"heard {told.UserInputTranscribed.Transcript} {told.UserInputTranscribed.IsFinal}",
        Case.ConversationItemAdded =>
            $"item {told.ConversationItemAdded.Item.Message.Role} {told.ConversationItemAdded.Item.Message.Content[0].Text}",
        _ => told.EventCase.ToString(),
    };
}

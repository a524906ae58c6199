using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class TypedTextTests
{
    [Test]
    public void Says_nothing_of_voice_activity_where_nobody_listens()
    {
        using var call = new CallHarness();
        call.Providers = providers => providers with { SpeechToText = null, VoiceActivity = null, VoiceActivityKey = null };

        call.RunUntil(1);

        call.Of<StageFailed>().Should().BeEmpty();
    }

    [Test]
    public void Takes_the_energy_based_detector_without_complaint_where_it_is_asked_for()
    {
        using var call = new CallHarness();
        call.Providers = providers => providers with { VoiceActivity = null, VoiceActivityKey = "energy" };
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Of<StageFailed>().Should().BeEmpty();
        call.Turns.Should().ContainSingle();
    }

    [Test]
    public void Answers_typed_text_at_once()
    {
        using var call = new CallHarness();
        call.RunUntil(1);
        call.Call.SendText("Hello there");

        call.RunUntil(4);

        call.Turns.Should().ContainSingle().Which.Should().Match<TurnRecord>(turn =>
            turn.CallerText == "Hello there" && turn.HeardText == "You said Hello there" && turn.CallerEnd == null);
        call.Turns[0].Timings.Played.Should().Be(Seconds(1));
    }

    [Test]
    public void Interrupts_the_agent()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says("aaa bbb ccc ddd eee fff ggg hhh iii jjj.");
        call.RunUntil(1);
        call.Call.SendText("Hello");
        call.RunUntil(2.3);
        call.Call.SendText("Stop");

        call.RunUntil(2.4);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("aaa bbb ccc ddd");
        call.Told().Should().Equal("user: Hello", "assistant: aaa bbb ccc ddd", "user: Stop");
    }

    [Test]
    public void Answers_several_texts_in_their_order()
    {
        using var call = new CallHarness();
        call.RunUntil(1);
        call.Call.SendText("One");
        call.Call.SendText("Two");
        call.Call.SendText("Three");

        call.RunUntil(6);

        call.Turns.Select(turn => turn.CallerText).Should().Equal("One", "Two", "Three");
        call.Told().Where(line => line.StartsWith("user", StringComparison.Ordinal)).Should().Equal("user: One", "user: Two", "user: Three");
    }

    [Test]
    public void Ignores_text_without_a_character()
    {
        using var call = new CallHarness();
        call.RunUntil(1);
        call.Call.SendText("  \n");

        call.RunUntil(2);

        call.Turns.Should().BeEmpty();
        call.LanguageModel.Requests.Should().BeEmpty();
    }

    [Test]
    public void Loses_nothing_of_what_is_being_said_meanwhile()
    {
        using var call = new CallHarness();
        call.Caller.Says("My name is Anna.", from: 1, to: 2);
        call.RunUntil(1.5);
        call.Call.SendText("12345");

        call.RunUntil(8);

        call.Turns.Select(turn => turn.CallerText).Should().Equal("My name is Anna.", "12345");
        call.Told().Should().Contain("user: My name is Anna.").And.EndWith("user: 12345");
    }

    [Test]
    public void Keeps_typed_words_when_the_caller_goes_on_by_voice()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(3);
        call.RunUntil(1);
        call.Call.SendText("My number is 12345.");
        call.Caller.Says("And my name is Anna.", from: 1.5, to: 3);

        call.RunUntil(12);

        call.Told().Should().Equal("user: My number is 12345.", "user: And my name is Anna.");
    }

    [Test]
    public void Writes_only_where_there_is_no_voice_to_speak_with()
    {
        using var call = new CallHarness { Providers = providers => providers with { TextToSpeech = null } };
        call.RunUntil(1);
        call.Call.SendText("Hello there");

        call.RunUntil(2);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Hello there");
        call.Caller.Heard.Should().BeEmpty();
        call.AgentStates.Should().EndWith(AgentState.Listening);
    }

    [Test]
    public void Writes_an_answer_that_was_ready_before_the_turn_was_decided()
    {
        using var call = new CallHarness { Providers = providers => providers with { TextToSpeech = null } };
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(4);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said What time is it?");
        call.AgentStates.Should().EndWith(AgentState.Listening);
    }

    [Test]
    public void Holds_a_typed_conversation_without_speech_to_text()
    {
        using var call = new CallHarness { Providers = providers => providers with { SpeechToText = null, TextToSpeech = null } };
        call.Caller.LeavesAt = Seconds(3);
        call.RunUntil(1);
        call.Call.SendText("Hello");

        call.RunUntil(4);

        call.Turns.Should().ContainSingle();
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.CallerLeft);
    }

    [Test]
    public void Answers_what_was_typed_before_the_caller_left()
    {
        using var call = new CallHarness();
        call.RunUntil(1);
        call.Call.SendText("One");
        call.Call.SendText("Two");
        call.Call.CallerLeft();

        call.RunUntil(5);

        call.Turns.Select(turn => turn.CallerText).Should().Equal("One", "Two");
        call.Ending.IsCompleted.Should().BeTrue();
    }

    [Test]
    public void Drops_what_comes_after_the_end()
    {
        using var call = new CallHarness();
        call.Caller.LeavesAt = Seconds(1);
        call.RunUntil(2);

        var sending = () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                call.Call.SendText("Too late");
            }
        };

        sending.Should().NotThrow();
        call.Turns.Should().BeEmpty();
    }
}

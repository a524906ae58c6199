using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class GreetingAndSilenceTests
{
    [Test]
    public void Greets_at_once()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { Greeting = "Hello, how can I help?" };

        call.RunUntil(4);

        call.Caller.Heard.Should().Equal((Seconds(0), Seconds(1.5)));
        call.Turns.Should().ContainSingle().Which.CallerText.Should().BeEmpty();
        call.LanguageModel.Requests.Should().BeEmpty();
    }

    [Test]
    public void Tells_the_model_of_the_greeting()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { Greeting = "Hello, how can I help?" };
        call.Caller.Says("What time is it?", from: 3, to: 4);

        call.RunUntil(6);

        call.Told().Should().Equal("assistant: Hello, how can I help?", "user: What time is it?");
    }

    [Test]
    public void Drops_a_greeting_that_a_caller_has_spoken_before()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { Greeting = "Hello, how can I help?" };
        call.TextToSpeech.FirstAudioDelay = Seconds(3);
        call.Caller.Says("What time is it?", from: 1, to: 2.5);
        call.RunUntil(2.2);
        call.TextToSpeech.FirstAudioDelay = TimeSpan.Zero;

        call.RunUntil(8);

        call.Turns.Select(turn => (turn.CallerText, turn.HeardText)).Should().Equal(
            ("", ""), ("What time is it?", "You said What time is it?"));
        call.Told().Should().Equal("user: What time is it?");
    }

    [Test]
    public void Says_nothing_unasked_without_a_greeting()
    {
        using var call = new CallHarness();

        call.RunUntil(4);

        call.Turns.Should().BeEmpty();
        call.AgentStates.Should().Equal(AgentState.Initializing, AgentState.Listening);
    }

    [Test]
    public void Asks_a_silent_caller_and_then_says_goodbye()
    {
        using var call = Silent();

        call.RunUntil(60);

        call.Turns.Select(turn => (turn.HeardText, turn.AgentStart)).Should().Equal(
            ("Are you still there?", Seconds(15)), ("I will hang up now. Goodbye.", Seconds(26.2)));
        call.Of<CallerStateChanged>().Should().Equal(new CallerStateChanged(Seconds(15), CallerState.Away));
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.CallerAway);
        call.Of<CallEnded>().Single().At.Should().Be(Seconds(28));
    }

    [Test]
    public void Starts_the_silence_anew_when_the_caller_answers_the_question()
    {
        using var call = Silent();
        call.Caller.Says("Yes I am.", from: 18, to: 19);

        call.RunUntil(40);

        // Answered until 19.3 s + 5 words; the next question comes 15 s later.
        call.Turns.Select(turn => turn.AgentStart).Should().Equal(Seconds(15), Seconds(19.3), Seconds(35.8));
        call.Turns[^1].HeardText.Should().Be("Are you still there?");
    }

    [Test]
    public void Does_not_ask_while_somebody_speaks()
    {
        using var call = Silent();
        call.LanguageModel.Says(string.Join(' ', Enumerable.Repeat("word", 60)) + ".");
        call.Caller.Says("Can you tell me all about it?", from: 1, to: 18);

        call.RunUntil(40);

        call.Turns.Should().ContainSingle().Which.AgentEnd.Should().Be(Seconds(36.3));
    }

    [Test]
    public void Brings_a_caller_back_who_types()
    {
        using var call = Silent();
        call.RunUntil(17);
        call.Call.SendText("I am here");

        call.RunUntil(20);

        call.Of<CallerStateChanged>().Select(change => change.State).Should().Equal(CallerState.Away, CallerState.Listening);
        call.Turns[1].CallerText.Should().Be("I am here");
    }

    [Test]
    public void Asks_nobody_where_it_is_switched_off()
    {
        using var call = new CallHarness();

        call.RunUntil(60);

        call.Turns.Should().BeEmpty();
    }

    [Test]
    public void Ends_a_call_at_its_maximum_duration()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { MaximumDuration = Seconds(3.9), MaximumDurationGoodbye = "Time is up." };
        call.LanguageModel.Says("aaa bbb ccc ddd eee fff ggg hhh iii jjj.");
        call.Caller.Says("Question?", from: 1, to: 2);

        call.RunUntil(6);

        call.Turns.Select(turn => (turn.HeardText, turn.Interrupted)).Should().Equal(("aaa bbb ccc ddd eee", true), ("Time is up.", false));
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.MaximumDuration);
    }

    [Test]
    public void Holds_a_call_whose_maximum_duration_no_timer_can_hold()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { MaximumDuration = TimeSpan.FromDays(400) };
        call.Caller.Says("Question?", from: 1, to: 2);

        call.RunUntil(6);

        call.Turns.Should().ContainSingle();
        call.Ending.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Ends_when_the_caller_has_left_and_everything_was_answered()
    {
        using var call = new CallHarness();
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.Caller.LeavesAt = Seconds(2);

        call.RunUntil(10);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said What time is it?");
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.CallerLeft);
        call.Of<CallEnded>().Single().At.Should().Be(Seconds(4.1));
    }

    private static CallHarness Silent()
    {
        var call = new CallHarness();
        call.Settings = call.Settings with { Silence = new SilenceSettings() };
        return call;
    }
}

using Aico.Host.Calls;
using Aico.Host.Calls.TurnTaking;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class EndpointingTests
{
    [Test]
    public void Takes_a_complete_turn_after_the_minimum_delay()
    {
        using var call = new CallHarness();
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(4);

        Decision(call).At.Should().Be(Seconds(2.3));
        Decision(call).Delay.Should().Be(Seconds(0.3));
    }

    [Test]
    public void Waits_the_maximum_delay_for_words_that_are_plainly_not_complete()
    {
        using var call = new CallHarness();
        call.Caller.Says("I would like to book a table and", from: 1, to: 3);

        call.RunUntil(7);

        Decision(call).At.Should().Be(Seconds(5.5));
    }

    [Test]
    public void Keeps_the_delays_of_the_settings()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { Endpointing = new EndpointingSettings { MinimumDelay = Seconds(0.8), MaximumDelay = Seconds(1.2) } };
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.Caller.Says("And then I want and", from: 10, to: 12);

        call.RunUntil(16);

        call.Of<TurnDecided>().Select(decided => decided.At).Should().Equal(Seconds(2.8), Seconds(13.2));
    }

    [Test]
    public void Takes_a_turn_as_soon_as_its_late_text_is_there()
    {
        using var call = new CallHarness();
        call.SpeechToText.Delay = Seconds(1);
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        Decision(call).At.Should().Be(Seconds(3.16), "the end of voice is known 160 ms late, and reading takes a second");
        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said What time is it?");
    }

    [Test]
    public void Goes_on_without_final_text_that_never_comes()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.RunUntil(1.95);
        call.Streaming.Current.Interim("What time is it?", at: 1.9);

        call.RunUntil(9);

        Decision(call).Text.Should().Be("What time is it?");
        Decision(call).At.Should().Be(Seconds(6.3), "the final text has 4 seconds beyond the delay");
    }

    [Test]
    public void Forgets_a_noise_for_which_a_streaming_provider_has_no_words()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("", from: 1, to: 2);
        call.Caller.LeavesAt = Seconds(3);

        call.RunUntil(8);

        call.Of<TurnDecided>().Should().BeEmpty();
        call.Of<StageFailed>().Should().BeEmpty();
        call.Ending.IsCompleted.Should().BeTrue("nothing is left to wait for");
    }

    [Test]
    public void Forgets_a_noise_without_words_at_once()
    {
        using var call = new CallHarness();
        call.Caller.Says("", from: 1, to: 2);

        call.RunUntil(4);

        call.Of<TurnDecided>().Should().BeEmpty();
        call.AgentStates.Should().Equal(AgentState.Initializing, AgentState.Listening);
    }

    [Test]
    public void Takes_the_turn_when_the_provider_says_that_it_is_over()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("I would like to book a table and", from: 1, to: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("I would like to book a table and", at: 2);
        call.Streaming.Current.Send(new Abstractions.SpeechToText.EndOfTurn(Seconds(2), IsEager: false));

        call.RunUntil(2.25);

        Decision(call).At.Should().Be(Seconds(2.2));
    }

    [Test]
    public void Prepares_on_the_providers_guess_but_does_not_take_the_turn_by_it()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("Tell me more.", from: 1, to: 2);
        call.RunUntil(2.05);
        call.Streaming.Current.Interim("Tell me more.", at: 1.7);
        call.Streaming.Current.Send(new Abstractions.SpeechToText.EndOfTurn(Seconds(2), IsEager: true));

        call.RunUntil(2.1);

        call.Of<ReplyStarted>().Should().ContainSingle().Which.IsPreemptive.Should().BeTrue();
        call.Of<TurnDecided>().Should().BeEmpty();
    }

    [Test]
    public void Ignores_a_providers_end_of_turn_while_nobody_has_spoken()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.RunUntil(1);
        call.Streaming.Current.Send(new Abstractions.SpeechToText.EndOfTurn(Seconds(1), IsEager: true));
        call.Streaming.Current.Send(new Abstractions.SpeechToText.EndOfTurn(Seconds(1), IsEager: false));

        call.RunUntil(2);

        call.Ending.IsCompleted.Should().BeFalse();
        call.Of<ReplyStarted>().Should().BeEmpty();
    }

    [Test]
    public void Hears_a_caller_who_goes_on_before_the_delay_as_one_turn()
    {
        using var call = new CallHarness();
        call.Caller.Says("I would like to book a table and", from: 1, to: 3);
        call.Caller.Says("some flowers.", from: 4, to: 5);

        call.RunUntil(10);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I would like to book a table and some flowers.");
        call.Turns[0].CallerStart.Should().Be(Seconds(1));
        call.Turns[0].CallerEnd.Should().Be(Seconds(5));
    }

    [Test]
    public void Reopens_a_turn_whose_answer_was_not_heard_yet_when_the_caller_goes_on()
    {
        using var call = new CallHarness();
        call.TextToSpeech.FirstAudioDelay = Seconds(1.5);
        call.Caller.Says("I want a table.", from: 1, to: 2);
        call.Caller.Says("For two people.", from: 2.6, to: 3.6);

        call.RunUntil(12);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I want a table. For two people.");
        call.Told().Should().Equal("user: I want a table. For two people.");
        call.Caller.HeardDuration.Should().Be(ScriptedTextToSpeech.DurationOf("You said I want a table. For two people."), "the first answer was never heard");
    }

    [Test]
    public void Does_not_reopen_a_turn_for_a_cough()
    {
        using var call = new CallHarness();
        call.TextToSpeech.FirstAudioDelay = Seconds(2);
        call.Caller.Says("I want a table.", from: 1, to: 2);
        call.Caller.Says("", from: 2.6, to: 3);

        call.RunUntil(10);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I want a table.");
        call.Of<ReplyDiscarded>().Should().BeEmpty();
    }

    [Test]
    public void Does_not_reopen_a_turn_for_a_sound_of_agreement()
    {
        using var call = new CallHarness();
        call.TextToSpeech.FirstAudioDelay = Seconds(2);
        call.Caller.Says("I want a table.", from: 1, to: 2);
        call.Caller.Says("mm-hm", from: 2.6, to: 3);

        call.RunUntil(10);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I want a table.");
        call.Of<ReplyDiscarded>().Should().BeEmpty();
    }

    [Test]
    public void Answers_words_that_came_later_than_the_decision_in_one_turn()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.LanguageModel.FirstTokenDelay = Seconds(2);
        call.Caller.Says("What time is it in Rome?", from: 1, to: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("What time is it?", at: 2);
        call.RunUntil(3);
        call.Streaming.Current.Final("In Rome?", at: 2.1);

        call.RunUntil(9);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("What time is it? In Rome?");
        call.Told().Should().Equal("user: What time is it? In Rome?");
    }

    [Test]
    public void Believes_words_for_which_there_was_no_voice()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.RunUntil(2);
        call.Streaming.Current.Final("Hello?", at: 1.9);

        call.RunUntil(6);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("Hello?");
    }

    [Test]
    public void Keeps_every_word_of_a_long_monologue()
    {
        using var call = new CallHarness();
        var said = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            said.Add($"part {i} and");
            call.Caller.Says(said[^1], from: 1 + (i * 9), to: 1 + (i * 9) + 8);
        }

        call.RunUntil(64);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be(string.Join(' ', said));
        call.SpeechToText.Utterances.Max(read => read.End - read.Start).Should().BeLessThan(Seconds(30), "long turns are not read again from their start");
    }

    [Test]
    public void Reads_a_monologue_without_a_pause_although_the_provider_is_slow()
    {
        using var call = new CallHarness();
        call.SpeechToText.Delay = Seconds(1);
        call.Caller.Says("All of this in one breath.", from: 1, to: 60);

        call.RunUntil(59);

        call.SpeechToText.Requests.Should().BeInRange(1, 3, "each stretch is read once");
        call.Of<CallerTextChanged>().Should().NotBeEmpty();
    }

    private static TurnDecided Decision(CallHarness call) => call.Of<TurnDecided>().Should().ContainSingle().Subject;
}

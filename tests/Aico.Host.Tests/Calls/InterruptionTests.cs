using Aico.Host.Calls;
using Aico.Host.Calls.TurnTaking;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

/// <summary>The agent speaks from 2.3 to 5.3 seconds in each of these: ten words of 300 ms.</summary>
public class InterruptionTests
{
    private const string Speech = "aaa bbb ccc ddd eee fff ggg hhh iii jjj.";

    [Test]
    public void Stops_for_a_caller_who_takes_the_turn()
    {
        using var call = Speaking();
        call.Caller.Says("Stop please.", from: 3.3, to: 4.3);

        call.RunUntil(6);

        call.Turns[0].Interrupted.Should().BeTrue();
        call.Turns[0].HeardText.Should().Be("aaa bbb ccc ddd");
        call.Caller.Heard[0].Should().Be((Seconds(2.3), Seconds(3.5)), "it falls silent with the window that completes 200 ms of voice");
        call.Of<TurnDecided>()[1].Should().Match<TurnDecided>(taken => taken.Text == "Stop please." && taken.At == Seconds(4.6));
        call.Told().Should().Equal("user: Question?", "assistant: aaa bbb ccc ddd", "user: Stop please.");
    }

    [Test]
    public void Does_not_stop_for_speech_below_the_minimum_duration_and_answers_it_afterwards()
    {
        using var call = Speaking();
        call.Caller.Says("No.", from: 3.3, to: 3.48);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Of<PlaybackEnded>()[0].Should().Be(new PlaybackEnded(Seconds(5.3), 1, Interrupted: false));
        call.Turns[1].CallerText.Should().Be("No.");
        call.Of<TurnDecided>()[1].At.Should().Be(Seconds(5.3), "the caller has waited long enough");
    }

    [Test]
    public void Does_not_stop_for_fewer_words_than_the_minimum()
    {
        using var call = Speaking(new InterruptionSettings { MinimumWords = 2 });
        call.Caller.Says("Wait.", from: 3.3, to: 4.3);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Turns[0].Interrupted.Should().BeFalse();
        call.Of<TurnDecided>()[1].Text.Should().Be("Wait.");
    }

    [Test]
    public void Stops_for_as_many_words_as_the_minimum()
    {
        using var call = Speaking(new InterruptionSettings { MinimumWords = 2 });
        call.Caller.Says("Wait please.", from: 3.3, to: 4.3);

        call.RunUntil(4.5);

        call.Turns[0].Interrupted.Should().BeTrue();
    }

    [Test]
    public void Does_not_add_up_the_words_of_separate_remarks()
    {
        using var call = Speaking(new InterruptionSettings { MinimumWords = 2 });
        call.Caller.Says("Wait.", from: 2.6, to: 3);
        call.Caller.Says("Please.", from: 4, to: 4.4);

        call.RunUntil(9);

        call.Turns[0].Interrupted.Should().BeFalse();
        call.Turns[1].CallerText.Should().Be("Wait. Please.");
    }

    [Test]
    public void Goes_on_after_a_sound_of_agreement_exactly_where_it_stopped()
    {
        using var call = Speaking();
        call.Caller.Says("mm-hm", from: 3.3, to: 3.6);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().ContainSingle().Which.At.Should().Be(Seconds(3.5));
        call.Of<PlaybackResumed>().Should().ContainSingle().Which.At.Should().Be(Seconds(3.76));
        call.Caller.Heard.Should().Equal((Seconds(2.3), Seconds(3.5)), (Seconds(3.76), Seconds(5.56)));
        call.Caller.HeardDuration.Should().Be(ScriptedTextToSpeech.DurationOf(Speech));
        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(Speech);
    }

    [Test]
    public void Repeats_nothing_and_loses_nothing_where_it_pauses_within_a_frame()
    {
        using var call = Speaking();
        call.TextToSpeech.FirstAudioDelay = Seconds(0.155);
        call.Caller.Says("mm-hm", from: 3.3, to: 3.6);

        call.RunUntil(9);

        call.Caller.Heard.Should().Equal((Seconds(2.315), Seconds(3.5)), (Seconds(3.76), Seconds(5.575)));
    }

    [Test]
    public void Needs_no_answer_to_agreement_that_outlasts_the_agent()
    {
        using var call = Speaking();
        call.Caller.Says("mm-hm", from: 5.14, to: 5.5);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Turns.Should().ContainSingle();
        call.Of<TurnDecided>().Should().ContainSingle();
    }

    [Test]
    public void Is_never_paused_by_a_sound_of_agreement_that_is_known_in_time()
    {
        using var call = Speaking(streaming: true);
        call.Caller.Says("mm-hm", from: 3.3, to: 3.7);
        call.RunUntil(3.48);
        call.Streaming!.Current.Interim("mm-hm", at: 3.48);
        call.RunUntil(3.9);
        call.Streaming!.Current.Final("mm-hm", at: 3.7);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Caller.Heard.Should().Equal((Seconds(2.3), Seconds(5.3)));
        call.Turns.Should().ContainSingle("agreement needs no answer");
    }

    [Test]
    public void Is_stopped_by_interim_words_before_the_caller_has_finished()
    {
        using var call = Speaking(streaming: true);
        call.Caller.Says("Stop please.", from: 3.3, to: 5);
        call.RunUntil(3.8);
        call.Streaming!.Current.Interim("Stop", at: 3.8);

        call.RunUntil(3.81);

        call.Turns[0].Interrupted.Should().BeTrue();
    }

    [Test]
    public void Resumes_after_a_false_interruption_where_it_stopped()
    {
        using var call = Speaking();
        call.RunUntil(3);
        call.SpeechToText.Delay = Seconds(60);
        call.Caller.Says("", from: 3.3, to: 3.8);

        call.RunUntil(7.7);

        call.Of<PlaybackResumed>().Should().ContainSingle().Which.At.Should().Be(Seconds(5.8), "two seconds after the voice ended");
        call.Caller.Heard.Should().Equal((Seconds(2.3), Seconds(3.5)), (Seconds(5.8), Seconds(7.6)));
        call.Turns[0].Interrupted.Should().BeFalse();
    }

    [Test]
    public void Resumes_at_once_where_the_voice_had_no_words()
    {
        using var call = Speaking();
        call.Caller.Says("", from: 3.3, to: 3.8);

        call.RunUntil(7);

        call.Of<PlaybackResumed>().Should().ContainSingle().Which.At.Should().Be(Seconds(3.96));
        call.Caller.HeardDuration.Should().Be(Seconds(3));
    }

    [Test]
    public void Does_not_wait_for_a_noise_without_words_to_end()
    {
        using var call = Speaking(streaming: true);
        call.Caller.Says("", from: 3.3, to: 60);
        call.RunUntil(6);
        call.Streaming!.Current.Interim("", at: 6);

        call.RunUntil(10);

        call.Of<PlaybackResumed>().Should().ContainSingle().Which.At.Should().Be(Seconds(6));
        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(Speech);
    }

    [Test]
    public void Never_resumes_where_the_settings_say_so()
    {
        using var call = Speaking(new InterruptionSettings { FalseInterruptionTimeout = TimeSpan.Zero });
        call.Caller.Says("", from: 3.3, to: 3.8);

        call.RunUntil(9);

        call.Of<PlaybackResumed>().Should().BeEmpty();
        call.Turns[0].Interrupted.Should().BeTrue();
    }

    [Test]
    public void Finishes_where_interruption_is_switched_off_and_answers_afterwards()
    {
        using var call = Speaking(new InterruptionSettings { Enabled = false });
        call.Caller.Says("Stop please.", from: 3.3, to: 4.3);

        call.RunUntil(9);

        call.Of<PlaybackPaused>().Should().BeEmpty();
        call.Of<PlaybackEnded>()[0].Should().Be(new PlaybackEnded(Seconds(5.3), 1, Interrupted: false));
        call.Turns[1].CallerText.Should().Be("Stop please.");
    }

    [Test]
    public void Loses_no_words_said_before_an_answer_that_cannot_be_interrupted()
    {
        using var call = Speaking(new InterruptionSettings { Enabled = false }, streaming: true, finalAt: 2.2);
        call.TextToSpeech.FirstAudioDelay = Seconds(2);
        call.Caller.Says("And hurry.", from: 2.5, to: 3.2);
        call.RunUntil(3.4);
        call.Streaming!.Current.Final("And hurry.", at: 3.2);

        call.RunUntil(16);

        call.Turns.Select(turn => turn.CallerText).Should().Equal("Question?", "And hurry.");
    }

    [Test]
    public void Keeps_a_greeting_from_being_interrupted_where_its_profile_says_so()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with
        {
            Greeting = Speech,
            Interruption = new InterruptionSettings { DuringGreeting = new InterruptionSettings { Enabled = false } },
        };
        call.LanguageModel.Says(Speech);
        call.Caller.Says("Hello there.", from: 1, to: 2);
        call.Caller.Says("Stop please.", from: 4.5, to: 5.5);

        call.RunUntil(5.7);

        call.Turns.Select(turn => turn.Interrupted).Should().Equal(false, true);
        call.Turns[1].CallerText.Should().Be("Hello there.");
    }

    [Test]
    public void Is_not_interrupted_while_it_says_goodbye()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { MaximumDuration = Seconds(3), MaximumDurationGoodbye = Speech };
        call.Caller.Says("But wait a moment.", from: 3.5, to: 5);

        call.RunUntil(7);

        call.Caller.Heard.Should().Equal((Seconds(3), Seconds(6)));
        call.Ending.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Takes_no_turn_from_a_caller_who_cuts_in_and_pauses()
    {
        using var call = Speaking();
        call.Caller.Says("Stop and", from: 3.3, to: 4.3);
        call.Caller.Says("listen to me.", from: 5, to: 6);

        call.RunUntil(10);

        call.Turns[0].HeardText.Should().Be("aaa bbb ccc ddd");
        call.Turns[1].CallerText.Should().Be("Stop and listen to me.");
    }

    [Test]
    public void Says_when_it_listens_and_when_it_speaks_again()
    {
        using var call = Speaking();
        call.Caller.Says("mm-hm", from: 3.3, to: 3.6);

        call.RunUntil(9);

        string.Join(' ', call.AgentStates).Should().Be("Initializing Listening Thinking Speaking Listening Thinking Speaking Listening");
    }

    private static CallHarness Speaking(InterruptionSettings? rules = null, bool streaming = false, double finalAt = 2.25)
    {
        var call = new CallHarness { Streaming = streaming ? new ScriptedStreamingSpeechToText() : null };
        call.Settings = call.Settings with { Interruption = rules ?? new InterruptionSettings() };
        call.LanguageModel.Says(Speech);
        call.Caller.Says("Question?", from: 1, to: 2);
        if (streaming)
        {
            call.RunUntil(finalAt);
            call.Streaming!.Current.Final("Question?", at: 2);
        }

        return call;
    }
}

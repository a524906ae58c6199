using Aico.Host.Calls;
using Aico.Host.Calls.Thinking;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class PreemptiveTests
{
    [Test]
    public void Plays_the_first_audio_at_the_moment_of_the_decision_where_the_providers_are_fast_enough()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(0.1);
        call.TextToSpeech.FirstAudioDelay = Seconds(0.04);
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Turns[0].Timings.Played.Should().Be(Seconds(2.3));
        call.Turns[0].Timings.VoiceToVoice.Should().Be(Seconds(0.3));
        call.Turns[0].Timings.FirstAudio.Should().Be(Seconds(2.3), "the end of voice is known 160 ms late, and the providers take 140");
        call.Of<ReplyStarted>().Should().ContainSingle().Which.IsPreemptive.Should().BeTrue();
    }

    [Test]
    public void Plays_nothing_before_the_decision()
    {
        using var call = new CallHarness();
        call.Caller.Says("I would like to order.", from: 1, to: 2);

        call.RunUntil(2.29);

        call.TextToSpeech.Sentences.Should().NotBeEmpty("the speech is there already");
        call.Caller.Heard.Should().BeEmpty();
    }

    [Test]
    public void Keeps_the_prepared_answer_where_only_punctuation_and_case_have_changed()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.RunUntil(2.18);
        call.Streaming.Current.Interim("what time is it", at: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("What time is it?", at: 2);

        call.RunUntil(6);

        call.LanguageModel.Requests.Should().ContainSingle();
        call.Of<ReplyDiscarded>().Should().BeEmpty();
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("What time is it?");
    }

    [Test]
    public void Makes_another_answer_where_the_words_have_changed()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("Pay 1.5 euros.", from: 1, to: 2);
        call.RunUntil(2.18);
        call.Streaming.Current.Interim("Pay 15 euros.", at: 2);
        call.RunUntil(2.2);
        call.Streaming.Current.Final("Pay 1.5 euros.", at: 2);

        call.RunUntil(6);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Pay 1.5 euros.");
        call.Of<ReplyDiscarded>().Should().ContainSingle();
    }

    [Test]
    public void Throws_the_answer_away_when_the_caller_goes_on()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(5);
        call.Caller.Says("I want a table.", from: 1, to: 2);
        call.Caller.Says("For two people.", from: 2.2, to: 3.2);

        call.RunUntil(3);

        call.Of<ReplyDiscarded>().Should().ContainSingle().Which.At.Should().Be(Seconds(2.4), "200 ms of speech are no cough");
        call.LanguageModel.Cancelled.Should().Be(1);
        call.Of<TurnDecided>().Should().BeEmpty();
    }

    [Test]
    public void Prepares_no_more_than_so_many_answers_for_one_turn()
    {
        using var call = new CallHarness();
        for (var i = 0; i < 5; i++)
        {
            call.Caller.Says($"Part {i}.", from: 1 + (i * 0.68), to: 1 + (i * 0.68) + 0.44);
        }

        call.RunUntil(10);

        call.Of<ReplyStarted>().Count(started => started.IsPreemptive).Should().Be(3);
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("Part 0. Part 1. Part 2. Part 3. Part 4.");
    }

    [Test]
    public void Prepares_nothing_for_long_turns()
    {
        using var call = new CallHarness();
        call.Caller.Says("A long story.", from: 1, to: 12);

        call.RunUntil(16);

        call.Of<ReplyStarted>().Should().ContainSingle().Which.IsPreemptive.Should().BeFalse();
    }

    [Test]
    public void Prepares_only_after_half_of_the_delay_where_the_words_are_plainly_not_complete()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(1);
        call.Caller.Says("I want and", from: 1, to: 2);

        call.RunUntil(7);

        call.Of<ReplyStarted>().Should().ContainSingle().Which.Should().Be(new ReplyStarted(Seconds(3.25), 1, IsPreemptive: true));
        call.Turns[0].Timings.Played.Should().Be(Seconds(4.5), "the work was done within the long delay");
    }

    [Test]
    public void Prepares_nothing_where_it_is_switched_off()
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { Preemptive = new PreemptiveSettings { Enabled = false } };
        call.LanguageModel.FirstTokenDelay = Seconds(0.2);
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Of<ReplyStarted>().Should().ContainSingle().Which.Should().Be(new ReplyStarted(Seconds(2.3), 1, IsPreemptive: false));
        call.Turns[0].Timings.Played.Should().Be(Seconds(2.5));
    }

    [Test]
    public void Runs_no_tool_before_the_turn_is_decided()
    {
        using var call = new CallHarness();
        var tool = new ScriptedTool("lookup", call.Time);
        call.Settings = call.Settings with { Tools = [tool] };
        call.LanguageModel.Says(new ScriptedLanguageModel.Answer("", ScriptedLanguageModel.Call("lookup")), new ScriptedLanguageModel.Answer("It is three."));
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(2.29);
        tool.Calls.Should().Be(0);
        call.RunUntil(2.3);

        tool.Calls.Should().Be(1);
    }

    [TestCase(0, 0, false)]
    [TestCase(0, 3, false)]
    [TestCase(0, 4, true)]
    [TestCase(6, 1, false)]
    public void Turns_careful_when_too_much_was_wasted(int used, int wasted, bool isTooMuch)
    {
        var waste = new PreemptiveWaste(new PreemptiveSettings());

        for (var i = 0; i < used; i++)
        {
            waste.WasUsed();
        }

        for (var i = 0; i < wasted; i++)
        {
            waste.WasWasted();
        }

        waste.IsTooMuch.Should().Be(isTooMuch);
    }

    [Test]
    public void Does_not_judge_by_the_first_few_answers()
    {
        var waste = new PreemptiveWaste(new PreemptiveSettings { CarefulAboveWaste = 0.1 });
        waste.WasWasted();
        waste.WasWasted();
        waste.WasWasted();
        waste.IsTooMuch.Should().BeFalse();

        waste.WasWasted();

        waste.IsTooMuch.Should().BeTrue();
    }

    [Test]
    public void Turns_back_when_answers_are_used_again()
    {
        var waste = new PreemptiveWaste(new PreemptiveSettings());
        for (var i = 0; i < 6; i++)
        {
            waste.WasWasted();
        }

        waste.WasUsed();
        waste.IsTooMuch.Should().BeTrue();
        waste.WasUsed();

        waste.IsTooMuch.Should().BeFalse();
    }
}

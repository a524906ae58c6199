using Aico.Abstractions.Audio;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class PlaybackTests
{
    [Test]
    public void Plays_speech_as_it_arrives_and_not_sentence_by_sentence()
    {
        using var call = Asked();
        call.TextToSpeech.SecondHalfAfter = Seconds(1);

        call.RunUntil(8);

        call.Turns[0].Timings.Played.Should().Be(Seconds(2.3));
        call.Caller.HeardDuration.Should().Be(ScriptedTextToSpeech.DurationOf(call.Turns[0].AgentText));
    }

    [Test]
    public void Falls_silent_in_a_gap_and_says_so()
    {
        using var call = Asked();
        call.LanguageModel.Says("one two three four.");
        call.TextToSpeech.SecondHalfAfter = Seconds(2);

        call.RunUntil(8);

        call.Caller.Heard.Should().Equal((Seconds(2.3), Seconds(2.9)), (Seconds(4.16), Seconds(4.76)));
        call.Of<AgentStateChanged>().Skip(2).Should().Equal(
            new AgentStateChanged(Seconds(2.3), AgentState.Thinking),
            new AgentStateChanged(Seconds(2.3), AgentState.Speaking),
            new AgentStateChanged(Seconds(3.15), AgentState.Thinking),
            new AgentStateChanged(Seconds(4.16), AgentState.Speaking),
            new AgentStateChanged(Seconds(4.76), AgentState.Listening));
    }

    [TestCase(16_000)]
    [TestCase(22_050)]
    [TestCase(24_000)]
    [TestCase(48_000)]
    public void Plays_the_last_sample_of_every_sentence_of_a_voice(int rate)
    {
        using var call = Asked();
        call.TextToSpeech.Format = new AudioFormat(rate, 1);
        call.TextToSpeech.Extra = TimeSpan.FromMilliseconds(7);
        call.LanguageModel.Says("The first sentence is this one. Another sentence follows it. And a last one ends it.");

        call.RunUntil(20);

        var made = ScriptedTextToSpeech.DurationOf(call.Turns[0].AgentText) + (call.TextToSpeech.Sentences.Count * call.TextToSpeech.Extra);
        call.Caller.HeardDuration.Should().BeCloseTo(made, TimeSpan.FromMilliseconds(0.5));
    }

    [Test]
    public void Plays_stereo_speech_at_its_own_length()
    {
        using var call = Asked();
        call.TextToSpeech.Format = new AudioFormat(24_000, 2);

        call.RunUntil(12);

        call.Caller.HeardDuration.Should().Be(ScriptedTextToSpeech.DurationOf(call.Turns[0].AgentText));
    }

    [Test]
    public void Keeps_at_most_200_ms_ahead_of_what_is_heard()
    {
        using var call = Asked();
        call.TextToSpeech.Format = new AudioFormat(22_050, 1);
        call.LanguageModel.Says("one two three four five six seven eight nine ten eleven twelve.");

        call.RunUntil(8);

        call.Caller.FurthestAhead.Should().BeLessThanOrEqualTo(Seconds(0.2)).And.BeGreaterThan(Seconds(0.15));
    }

    [Test]
    public void Plays_without_a_gap()
    {
        using var call = Asked();
        call.LanguageModel.Says("The first sentence is this one. Another sentence follows it. And a last one ends it.");

        call.RunUntil(20);

        call.Caller.Heard.Should().ContainSingle();
    }

    [Test]
    public void Clears_what_was_not_heard_on_an_interruption()
    {
        using var call = Asked();
        call.LanguageModel.Says("one two three four five six seven eight nine ten eleven twelve.");
        call.Caller.Says("Stop it.", from: 3.31, to: 4.31);

        call.RunUntil(4.5);

        call.Caller.Heard.Should().ContainSingle().Which.End.Should().BeCloseTo(Seconds(3.52), TimeSpan.FromMilliseconds(15));
    }

    [Test]
    public void Speaks_the_first_clause_before_the_model_has_finished_the_sentence()
    {
        using var call = Asked();
        call.LanguageModel.TokenDelay = Seconds(0.2);
        call.LanguageModel.Says("Thank you very much for asking me, the answer to that question is a very long and winding story about tea.");

        call.RunUntil(4.4);

        call.Of<PlaybackStarted>().Should().ContainSingle().Which.At.Should().BeLessThan(Seconds(4.2));
        call.RunUntil(20);
        call.Turns[0].HeardText.Should().Be(call.Turns[0].AgentText);
    }

    [Test]
    public void Holds_back_what_a_fast_provider_makes_without_giving_up_the_answer()
    {
        using var call = Asked();
        call.Settings = call.Settings with { Speaking = new() { FirstAudioTimeout = Seconds(1) } };
        call.LanguageModel.TokenDelay = Seconds(0.05);
        call.LanguageModel.Says(string.Join(' ', Enumerable.Repeat("This sentence has exactly seven words here.", 40)));

        call.RunUntil(16);
        call.TextToSpeech.Sentences.Should().HaveCountLessThan(20, "twenty seconds of speech wait at most");
        call.RunUntil(100);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(call.Turns[0].AgentText);
        call.Caller.HeardDuration.Should().Be(Seconds(84));
        call.Of<StageFailed>().Should().BeEmpty("speech that waits for its playback is not late");
    }

    private static CallHarness Asked()
    {
        var call = new CallHarness();
        call.Caller.Says("What time is it?", from: 1, to: 2);
        return call;
    }
}

using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class TimingsTests
{
    [Test]
    public void Knows_every_milestone_of_a_turn()
    {
        using var call = new CallHarness();
        call.SpeechToText.Delay = Seconds(0.1);
        call.LanguageModel.FirstTokenDelay = Seconds(0.4);
        call.LanguageModel.TokenDelay = Seconds(0.05);
        call.TextToSpeech.FirstAudioDelay = Seconds(0.2);
        call.LanguageModel.Says("It is three o'clock.");
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(8);

        call.Turns[0].Timings.Should().Be(new CallTimings
        {
            EndOfSpeech = Seconds(2),
            FinalText = Seconds(2.26),
            TurnDecided = Seconds(2.3),
            FirstToken = Seconds(2.66),
            FirstSentence = call.Turns[0].Timings.FirstSentence,
            FirstAudio = call.Turns[0].Timings.FirstSentence + Seconds(0.2),
            Played = call.Turns[0].Timings.FirstSentence + Seconds(0.2),
        });
        call.Turns[0].Timings.FirstSentence!.Value.Should().BeCloseTo(Seconds(2.835), Seconds(0.026));
        Sum(call.Turns[0].Timings).Should().Be(call.Turns[0].Timings.VoiceToVoice!.Value);
    }

    [Test]
    public void Adds_up_where_the_work_was_done_ahead_of_the_decision()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(0.05);
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(8);

        Sum(call.Turns[0].Timings).Should().Be(Seconds(0.3));
        call.Turns[0].Timings.Stages().Single(stage => stage.Name == "turnDecided").Took.Should().Be(Seconds(0.09));
    }

    [Test]
    public void Counts_the_wait_for_the_decision_as_such_where_the_work_came_after_it()
    {
        var timings = new CallTimings
        {
            EndOfSpeech = Seconds(2),
            FinalText = Seconds(2.1),
            TurnDecided = Seconds(4.5),
            FirstToken = Seconds(4.6),
            Played = Seconds(4.7),
        };

        timings.Stages().Should().Equal(
            ("finalText", Seconds(0.1)), ("turnDecided", Seconds(2.4)), ("firstToken", Seconds(0.1)), ("played", Seconds(0.1)));
    }

    [Test]
    public void Counts_from_the_decision_where_the_words_were_typed()
    {
        using var call = new CallHarness();
        call.LanguageModel.FirstTokenDelay = Seconds(0.25);
        call.RunUntil(1);
        call.Call.SendText("Hello");

        call.RunUntil(4);

        call.Turns[0].Timings.EndOfSpeech.Should().BeNull();
        call.Turns[0].Timings.VoiceToVoice.Should().Be(Seconds(0.25));
        Sum(call.Turns[0].Timings).Should().Be(Seconds(0.25));
    }

    [Test]
    public void Adds_up_for_any_order_of_milestones()
    {
        var random = new Random(20_261_122);
        for (var round = 0; round < 500; round++)
        {
            TimeSpan? At(double share) => random.NextDouble() < share ? Seconds(5 + random.NextDouble()) : null;
            var timings = new CallTimings
            {
                EndOfSpeech = Seconds(5),
                FinalText = At(0.8),
                TurnDecided = At(1),
                FirstToken = At(0.8),
                FirstSentence = At(0.8),
                FirstAudio = At(0.8),
                Played = Seconds(6),
            };

            Sum(timings).Should().Be(timings.VoiceToVoice!.Value, $"round {round}: {timings}");
        }
    }

    [Test]
    public void Takes_the_time_of_the_words_that_were_final_last()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.Caller.Says("What time is it? Please.", from: 1, to: 3);
        call.RunUntil(2);
        call.Streaming.Current.Final("What time is it?", at: 2);
        call.RunUntil(3.2);
        call.Streaming.Current.Final("Please.", at: 3);

        call.RunUntil(8);

        call.Turns[0].Timings.FinalText.Should().Be(Seconds(3.2));
    }

    private static TimeSpan Sum(CallTimings timings) => timings.Stages().Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Took);
}

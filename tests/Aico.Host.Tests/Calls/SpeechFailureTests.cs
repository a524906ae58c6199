using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

public class SpeechFailureTests
{
    private static readonly ProviderException Passing = new(ProviderFailure.Unavailable, "Not now.");
    private static readonly ProviderException Final = new(ProviderFailure.Unauthorized, "Wrong key.");

    [Test]
    public void Speaks_once_more_when_the_voice_failed_before_its_first_audio()
    {
        using var call = Asked();
        call.LanguageModel.Says("The first sentence is here. The second sentence is there.");
        call.TextToSpeech.Failures.Enqueue(Passing);

        call.RunUntil(8);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("The first sentence is here. The second sentence is there.");
        call.Caller.HeardDuration.Should().Be(Seconds(3));
        Failures(call).Should().Equal((CallStage.TextToSpeech, ProviderFailure.Unavailable));
    }

    [Test]
    public void Opens_once_more_when_the_voice_could_not_be_reached()
    {
        using var call = Asked();
        call.TextToSpeech.OpenFailures.Enqueue(Passing);

        call.RunUntil(8);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be("You said Question?");
        Failures(call).Should().Equal((CallStage.TextToSpeech, ProviderFailure.Unavailable));
    }

    [Test]
    public void Does_not_hang_up_with_a_goodbye_that_could_not_be_said()
    {
        using var call = Asked();
        call.LanguageModel.Answers = _ => new("Goodbye then.", ScriptedLanguageModel.Call("end_call"));
        // Until then the model has asked for the end.
        call.TextToSpeech.OpenDelay = Seconds(0.5);
        call.TextToSpeech.Failures.Enqueue(Final);

        call.RunUntil(12);

        call.Ending.IsCompleted.Should().BeFalse();
        call.Turns[1].HeardText.Should().Be(call.Settings.Apology);
    }

    [Test]
    public void Goes_on_behind_what_was_spoken_before_the_voice_failed()
    {
        using var call = Asked();
        call.LanguageModel.Says("It is a big red cat. And so on it goes until then.");
        call.TextToSpeech.Failures.Enqueue(Passing);
        call.TextToSpeech.SentencesBeforeFailure = 1;

        call.RunUntil(10);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("It is a big red cat. And so on it goes until then.");
        call.Caller.HeardDuration.Should().Be(Seconds(1.8) + ScriptedTextToSpeech.DurationOf("And so on it goes until then."), "nothing is said twice");
    }

    [Test]
    public void Gives_a_voice_up_that_does_not_open()
    {
        using var call = Asked();
        call.TextToSpeech.OpenDelay = TimeSpan.FromHours(1);
        call.RunUntil(12);
        call.TextToSpeech.OpenDelay = TimeSpan.Zero;

        call.RunUntil(20);

        call.Turns.Should().ContainSingle().Which.Timings.Played.Should().Be(Seconds(12.16), "the second attempt opens");
        Failures(call).Should().Equal((CallStage.TextToSpeech, ProviderFailure.TimedOut));
    }

    [Test]
    public void Gives_a_voice_up_that_gives_no_audio()
    {
        using var call = Asked();
        call.TextToSpeech.FirstAudioDelay = TimeSpan.FromHours(1);
        call.RunUntil(15);
        call.TextToSpeech.FirstAudioDelay = TimeSpan.Zero;

        call.RunUntil(30);

        Failures(call).Should().Equal((CallStage.TextToSpeech, ProviderFailure.TimedOut), (CallStage.TextToSpeech, ProviderFailure.TimedOut));
        call.Turns[1].HeardText.Should().Be(call.Settings.Apology);
    }

    [Test]
    public void Goes_on_where_a_voice_stopped_in_the_middle_of_a_sentence()
    {
        using var call = Asked();
        call.LanguageModel.Says("one two three four.");
        call.TextToSpeech.SecondHalfAfter = TimeSpan.FromHours(1);
        call.RunUntil(4);
        call.TextToSpeech.SecondHalfAfter = null;

        call.RunUntil(30);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("one two three four.");
        call.TextToSpeech.Sentences.Select(text => text.Trim()).Should().Equal("one two three four.", "three four.");
    }

    [Test]
    public void Apologizes_when_the_voice_makes_nothing_of_the_words()
    {
        using var call = Asked();
        call.TextToSpeech.IsMute = true;
        call.RunUntil(2.25);
        call.TextToSpeech.IsMute = false;

        call.RunUntil(9);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("", call.Settings.Apology);
        Failures(call).Should().Equal((CallStage.TextToSpeech, ProviderFailure.ProtocolError));
    }

    [Test]
    public void Apologizes_when_the_voice_ends_before_its_text()
    {
        using var call = Asked();
        call.LanguageModel.TokenDelay = Seconds(0.2);
        call.LanguageModel.Says("The first sentence is here. The second sentence is there.");
        call.TextToSpeech.EndsAfterFirstSentence = true;

        call.RunUntil(12);

        call.Turns[0].HeardText.Should().StartWith("The first sentence").And.NotContain("second sentence is");
        call.Of<StageFailed>().Should().Contain(failed => failed.Stage == CallStage.TextToSpeech);
    }

    [Test]
    public void Ends_no_call_because_a_session_cannot_be_disposed()
    {
        using var call = Asked();
        call.TextToSpeech.DisposeFailure = new InvalidOperationException("Broken.");

        call.RunUntil(12);

        call.Ending.IsCompleted.Should().BeFalse();
        call.Of<StageFailed>().Should().NotBeEmpty();
    }

    [Test]
    public void Does_not_apologize_for_an_apology_that_could_not_be_said()
    {
        using var call = Asked();
        call.LanguageModel.Failures.Enqueue(Final);
        call.TextToSpeech.Failures.Enqueue(Final);
        call.LanguageModel.Failures.Enqueue(Final);
        call.TextToSpeech.Failures.Enqueue(Final);
        call.Caller.Says("Pardon?", from: 6, to: 7);

        call.RunUntil(12);

        call.Turns.Should().HaveCount(4, "and an apology that fails is no failed turn");
        call.Ending.IsCompleted.Should().BeFalse();
        call.AgentStates.Should().EndWith(AgentState.Listening);
    }

    private static CallHarness Asked()
    {
        var call = new CallHarness();
        call.Caller.Says("Question?", from: 1, to: 2);
        return call;
    }

    private static IEnumerable<(CallStage Stage, ProviderFailure? Failure)> Failures(CallHarness call) =>
        call.Of<StageFailed>().Select(failed => (failed.Stage, failed.Failure));
}

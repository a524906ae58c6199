using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls;

/// <summary>Providers whose code throws when it is cancelled, from a callback on the token that it was given.</summary>
public class BrokenCancellationTests
{
    private const string Speech = "aaa bbb ccc ddd eee fff ggg hhh iii jjj.";

    [Test]
    public void Survives_it_in_a_model_whose_answer_is_interrupted()
    {
        using var call = Asked();
        call.LanguageModel.TokenDelay = Seconds(0.3);
        call.LanguageModel.TakesToken = Throw;
        call.LanguageModel.Says(string.Join(' ', Enumerable.Repeat("One two.", 20)));
        call.Caller.Says("Stop please.", from: 4.3, to: 5);

        call.RunUntil(8);

        AssertLives(call, CallStage.LanguageModel);
    }

    [Test]
    public void Survives_it_in_a_model_that_gives_nothing_in_time()
    {
        using var call = Asked();
        call.LanguageModel.FirstTokenDelay = Seconds(60);
        call.LanguageModel.TakesToken = Throw;

        call.RunUntil(14);

        AssertLives(call, CallStage.LanguageModel);
        call.Of<StageFailed>().Select(failed => failed.Failure).Should().Contain(ProviderFailure.TimedOut);
    }

    [Test]
    public void Survives_it_in_a_voice_that_is_interrupted()
    {
        using var call = Asked();
        call.LanguageModel.Says("aaa bbb. ccc ddd eee fff. ggg hhh iii jjj.");
        call.TextToSpeech.BetweenSentences = Seconds(3);
        call.TextToSpeech.TakesToken = Throw;
        call.Caller.Says("Stop please.", from: 2.4, to: 3.3);

        call.RunUntil(5);

        AssertLives(call, CallStage.TextToSpeech);
    }

    [Test]
    public void Survives_it_in_a_voice_that_gives_nothing_in_time()
    {
        using var call = Asked();
        call.LanguageModel.Says(Speech);
        call.TextToSpeech.FirstAudioDelay = Seconds(60);
        call.TextToSpeech.TakesToken = Throw;

        call.RunUntil(14);

        AssertLives(call, CallStage.TextToSpeech);
    }

    [Test]
    public void Survives_it_in_a_tool_that_takes_too_long()
    {
        using var call = Asked();
        var tool = new ScriptedTool("lookup", call.Time) { Takes = Seconds(100), TakesToken = Throw };
        call.Settings = call.Settings with { Tools = [tool] };
        call.LanguageModel.Says(new("", ScriptedLanguageModel.Call("lookup")), new("It failed."));

        call.RunUntil(40);

        AssertLives(call, CallStage.Tool);
        call.Turns[0].HeardText.Should().EndWith("It failed.");
    }

    [Test]
    public void Survives_it_in_a_read_that_is_replaced()
    {
        using var call = new CallHarness();
        call.SpeechToText.Delay = Seconds(1.2);
        call.SpeechToText.TakesToken = Throw;
        call.Caller.Says("I want and", from: 1, to: 2);
        call.Caller.Says("what is there?", from: 2.4, to: 3);

        call.RunUntil(8);

        AssertLives(call, CallStage.SpeechToText);
        call.Turns[0].CallerText.Should().Be("I want and what is there?");
    }

    [Test]
    public void Survives_it_in_a_streaming_session_that_is_given_up()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText { TakesToken = Throw } };
        call.RunUntil(1);
        call.Streaming.SendFailure = new ProviderException(ProviderFailure.Unavailable, "Not now.");

        call.RunUntil(3);

        AssertLives(call, CallStage.SpeechToText);
        call.Streaming.Sessions.Should().HaveCount(2);
    }

    private static void Throw(CancellationToken token) => token.Register(() => throw new InvalidOperationException("A bug."));

    private static void AssertLives(CallHarness call, CallStage stage)
    {
        call.Ending.IsCompleted.Should().BeFalse();
        call.Of<StageFailed>().Should().Contain(failed =>
            failed.Stage == stage && failed.Failure == ProviderFailure.ProtocolError && failed.Message.Contains("A bug."));
    }

    private static CallHarness Asked()
    {
        var call = new CallHarness();
        call.Caller.Says("Question?", from: 1, to: 2);
        return call;
    }
}

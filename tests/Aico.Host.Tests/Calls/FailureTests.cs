using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls;

public class FailureTests
{
    private static readonly ProviderException Passing = new(ProviderFailure.Unavailable, "Not now.");
    private static readonly ProviderException Final = new(ProviderFailure.Unauthorized, "Wrong key.");

    [Test]
    public void Apologizes_at_once_when_asking_again_cannot_help()
    {
        using var call = Asked();
        call.LanguageModel.Failures.Enqueue(Final);

        call.RunUntil(8);

        call.Turns[1].HeardText.Should().Be(call.Settings.Apology);
        call.LanguageModel.Requests.Should().ContainSingle();
        call.Ending.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Reads_once_more_when_reading_failed_for_a_passing_reason()
    {
        using var call = Asked();
        call.SpeechToText.Failures.Enqueue(Passing);

        call.RunUntil(6);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("Question?");
        Failures(call).Should().Equal((CallStage.SpeechToText, ProviderFailure.Unavailable));
    }

    [Test]
    public void Apologizes_for_what_it_could_not_read_and_hears_the_next()
    {
        using var call = Asked();
        call.SpeechToText.Failures.Enqueue(Final);
        call.Caller.Says("Once more.", from: 8, to: 9);

        call.RunUntil(14);

        call.Turns.Select(turn => (turn.CallerText, turn.HeardText)).Should().Equal(
            ("", call.Settings.Apology), ("Once more.", "You said Once more."));
        Failures(call).Should().Equal((CallStage.SpeechToText, ProviderFailure.Unauthorized));
    }

    [Test]
    public void Loses_nothing_where_the_caller_goes_on_after_a_failed_read()
    {
        using var call = Asked();
        call.SpeechToText.Failures.Enqueue(Final);
        call.SpeechToText.Delay = Seconds(0.3);
        call.Caller.Says("And another.", from: 2.2, to: 3);

        call.RunUntil(8);

        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("Question? And another.");
    }

    [Test]
    public void Apologizes_for_words_that_do_not_come_in_time()
    {
        using var call = Asked();
        call.SpeechToText.Delay = TimeSpan.FromHours(1);

        call.RunUntil(14);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(call.Settings.Apology);
        call.Turns[0].AgentStart.Should().Be(Seconds(6.5), "half a second of delay and four for the words");
        Failures(call).Should().Equal((CallStage.SpeechToText, ProviderFailure.TimedOut));
    }

    [Test]
    public void Asks_again_when_it_could_not_understand_an_interruption()
    {
        using var call = Asked();
        call.LanguageModel.Says("aaa bbb ccc ddd eee fff ggg hhh iii jjj.");
        call.RunUntil(3);
        call.SpeechToText.Failures.Enqueue(Final);
        call.Caller.Says("Stop please.", from: 3.3, to: 4.3);

        call.RunUntil(9);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("aaa bbb ccc ddd", call.Settings.Apology);
    }

    [Test]
    public void Says_goodbye_after_three_failed_turns_in_a_row()
    {
        using var call = new CallHarness();
        call.LanguageModel.Answers = _ => throw Final;
        call.Caller.Says("One?", from: 1, to: 2);
        call.Caller.Says("Two?", from: 8, to: 9);
        call.Caller.Says("Three?", from: 15, to: 16);

        call.RunUntil(30);

        call.Turns.Select(turn => turn.HeardText).Should().Equal("", call.Settings.Apology, "", call.Settings.Apology, "", call.Settings.FailureGoodbye);
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
    }

    [Test]
    public void Counts_only_failures_in_a_row()
    {
        using var call = new CallHarness();
        call.LanguageModel.Answers = messages => messages[^1].Text == "Three?" ? new Answer("Fine.") : throw Final;
        foreach (var (text, index) in new[] { "One?", "Two?", "Three?", "Four?", "Five?" }.Select((text, index) => (text, index)))
        {
            call.Caller.Says(text, from: 1 + (index * 7), to: 2 + (index * 7));
        }

        call.RunUntil(36);

        call.Ending.IsCompleted.Should().BeFalse();
        call.Turns.Should().HaveCount(9);
    }

    [TestCase("llm")]
    [TestCase("tts open")]
    [TestCase("tts send")]
    [TestCase("tts read")]
    [TestCase("stt")]
    public void Lives_with_a_plugin_that_throws_what_it_should_not(string where)
    {
        var broken = new InvalidOperationException("A bug.");
        using var call = Asked();
        switch (where)
        {
            case "llm":
                call.LanguageModel.Failures.Enqueue(broken);
                break;
            case "tts open":
                call.Providers = providers => providers with { TextToSpeech = ProviderChain<ITextToSpeech>.Of("tts", new BrokenTextToSpeech(broken)) };
                break;
            case "tts send":
                call.TextToSpeech.SendFailure = broken;
                break;
            case "tts read":
                call.TextToSpeech.Failures.Enqueue(broken);
                break;
            default:
                call.SpeechToText.Failures.Enqueue(broken);
                break;
        }

        call.RunUntil(9);

        call.Ending.IsCompleted.Should().BeFalse("a bug of a plugin fails a stage, not the call");
        call.Of<StageFailed>()[0].Failure.Should().Be(ProviderFailure.ProtocolError);
        call.Of<StageFailed>()[0].Message.Should().Be("The provider broke its contract with InvalidOperationException: A bug.");
        call.AgentStates.Should().EndWith(AgentState.Listening);
        call.Turns.Should().HaveCount(where == "stt" ? 1 : 2);
    }

    [Test]
    public void Ends_the_call_as_failed_when_the_transport_breaks()
    {
        using var call = Asked();
        call.Caller.Breaks = (Seconds(3), new IOException("Gone."));

        call.RunUntil(5);

        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
        call.Of<StageFailed>().Should().ContainSingle().Which.Stage.Should().Be(CallStage.Transport);
        call.Events[^1].Should().Be(new CallEnded(Seconds(3.02), CallEndReason.Failed));
        call.Turns.Should().ContainSingle("what was being said is on record").Which.Interrupted.Should().BeTrue();
        call.TextToSpeech.Disposed.Should().Be(call.TextToSpeech.Sessions);
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

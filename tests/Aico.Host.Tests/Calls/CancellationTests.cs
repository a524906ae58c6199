using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;
using Answer = Aico.Testing.Calls.ScriptedLanguageModel.Answer;

namespace Aico.Host.Tests.Calls;

public class CancellationTests
{
    [Test]
    public void Ends_while_the_transcriber_still_opens()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText { OpenGate = new TaskCompletionSource().Task } };
        call.RunUntil(1);
        call.AgentStates.Should().Equal(AgentState.Initializing);

        call.Cancel();

        AssertEnded(call);
    }

    [TestCase(0.5, nameof(AgentState.Listening), TestName = "Ends_while_it_listens")]
    [TestCase(1.5, nameof(AgentState.Listening), TestName = "Ends_while_the_caller_speaks")]
    [TestCase(2.2, nameof(AgentState.Listening), TestName = "Ends_while_an_answer_is_prepared")]
    [TestCase(2.4, nameof(AgentState.Thinking), TestName = "Ends_while_it_thinks")]
    [TestCase(4, nameof(AgentState.Speaking), TestName = "Ends_while_it_speaks")]
    [TestCase(5.5, nameof(AgentState.Listening), TestName = "Ends_while_its_speech_is_held")]
    [TestCase(25, nameof(AgentState.Speaking), TestName = "Ends_while_it_says_goodbye")]
    public void Ends_in_every_state(double at, string state)
    {
        using var call = new CallHarness();
        call.Settings = call.Settings with { MaximumDuration = Seconds(24.5) };
        call.LanguageModel.FirstTokenDelay = Seconds(1);
        call.LanguageModel.Says(string.Join(' ', Enumerable.Repeat("word", 60)) + ".");
        call.Caller.Says("Question?", from: 1, to: 2);
        call.Caller.Says("mm-hm", from: 5, to: 5.8);
        call.RunUntil(at);
        call.AgentStates[^1].ToString().Should().Be(state);

        call.Cancel();

        AssertEnded(call);
    }

    [Test]
    public void Ends_while_a_tool_runs()
    {
        using var call = new CallHarness();
        var tool = new ScriptedTool("slow", call.Time) { Takes = TimeSpan.FromHours(1) };
        call.Settings = call.Settings with { Tools = [tool] };
        call.LanguageModel.Says(new Answer("", ScriptedLanguageModel.Call("slow")));
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(3);

        call.Cancel();

        AssertEnded(call);
        tool.Cancelled.Should().Be(1);
    }

    [Test]
    public void Ends_while_an_utterance_is_read()
    {
        using var call = new CallHarness();
        call.SpeechToText.Delay = Seconds(3);
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(3);

        call.Cancel();

        AssertEnded(call);
        call.SpeechToText.Cancelled.Should().Be(1);
    }

    [Test]
    public void Ends_while_a_session_is_opened_again()
    {
        using var call = new CallHarness { Streaming = new ScriptedStreamingSpeechToText() };
        call.RunUntil(1);
        call.Streaming.OpenGate = new TaskCompletionSource().Task;
        call.Streaming.Current.EndByItself();
        call.RunUntil(2);

        call.Cancel();

        AssertEnded(call);
        call.Streaming.Sessions.Should().OnlyContain(session => session.IsDisposed);
    }

    [Test]
    public void Ends_a_call_that_was_cancelled_before_it_began()
    {
        using var call = new CallHarness();
        call.Cancel();

        call.RunUntil(1);

        AssertEnded(call);
    }

    [Test]
    public void Records_the_turn_in_which_it_was_cancelled()
    {
        using var call = new CallHarness();
        call.LanguageModel.Says("aaa bbb ccc ddd eee fff ggg hhh iii jjj.");
        call.Caller.Says("Question?", from: 1, to: 2);
        call.RunUntil(3.6);

        call.Cancel();

        call.Turns.Should().ContainSingle().Which.Should().Match<TurnRecord>(turn =>
            turn.CallerText == "Question?" && turn.HeardText == "aaa bbb ccc ddd" && turn.Interrupted);
        call.Caller.Heard.Should().Equal((Seconds(2.3), Seconds(3.6)));
    }

    private static void AssertEnded(CallHarness call)
    {
        // At once means without the clock moving, on which everything that the call could wait for would wait.
        call.Ending.IsCompletedSuccessfully.Should().BeTrue();
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Cancelled);
        call.Events[^1].Should().BeOfType<CallEnded>().Which.Reason.Should().Be(CallEndReason.Cancelled);
        call.TextToSpeech.Disposed.Should().Be(call.TextToSpeech.Sessions);
        var events = call.Events.Count;
        var requests = call.SpeechToText.Requests + call.LanguageModel.Requests.Count + call.TextToSpeech.Sessions;

        call.Time.Advance(TimeSpan.FromHours(3));

        call.Events.Should().HaveCount(events, "nothing runs on");
        (call.SpeechToText.Requests + call.LanguageModel.Requests.Count + call.TextToSpeech.Sessions).Should().Be(requests);
    }
}

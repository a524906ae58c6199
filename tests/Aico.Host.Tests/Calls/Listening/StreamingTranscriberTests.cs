using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.Listening;

public class StreamingTranscriberTests
{
    private static readonly ProviderException Passing = new(ProviderFailure.Unavailable, "Not now.");

    [TestCase(10)]
    [TestCase(20)]
    [TestCase(60)]
    [TestCase(100)]
    public void Sends_frames_of_20_ms_whatever_the_transport_brings(int milliseconds)
    {
        using var call = Streaming();
        call.Caller.FrameDuration = TimeSpan.FromMilliseconds(milliseconds);
        call.Caller.Says("Hello.", from: 0.3, to: 1);

        call.RunUntil(3);

        var frames = call.Streaming!.Current.Frames;
        frames.Should().HaveCountGreaterThan(140).And.OnlyContain(frame => frame.Samples.Length == 320);
        frames.Select(frame => frame.Offset).Should().Equal(Enumerable.Range(0, frames.Count).Select(index => Seconds(index * 0.02)));
    }

    [Test]
    public void Sends_silence_too()
    {
        using var call = Streaming();

        call.RunUntil(1);

        call.Streaming!.Current.Frames.Should().HaveCount(50);
    }

    [Test]
    public void Asks_for_the_final_text_as_soon_as_the_voice_has_ended()
    {
        using var call = Streaming();
        call.Caller.Says("Hello.", from: 1, to: 2);

        call.RunUntil(2.15);
        call.Streaming!.Current.Flushes.Should().Be(0);
        call.RunUntil(2.16);

        call.Streaming!.Current.Flushes.Should().Be(1);
    }

    [Test]
    public void Joins_the_final_texts_of_a_turn()
    {
        using var call = Streaming();
        call.Caller.Says("I want a table for two.", from: 1, to: 3);
        call.RunUntil(2);
        call.Streaming!.Current.Final("I want", at: 1.8);
        call.Streaming!.Current.Interim("a table", at: 2);
        call.RunUntil(3.2);
        call.Streaming!.Current.Final(" a table for two. ", at: 3);

        call.RunUntil(9);

        call.Of<CallerTextChanged>().Select(change => (change.Text, change.IsFinal)).Should().Equal(
            ("I want", true), ("I want a table", false), ("I want a table for two.", true));
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I want a table for two.");
    }

    [Test]
    public void Does_not_answer_words_again_that_come_late()
    {
        using var call = Streaming();
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.RunUntil(2.2);
        call.Streaming!.Current.Final("What time is it?", at: 2);
        call.RunUntil(3);
        call.Streaming!.Current.Final("What time is it?", at: 2.1);
        call.Streaming!.Current.Interim("it?", at: 2.15);

        call.Caller.Says("What is that?", from: 8, to: 9);
        call.RunUntil(9.2);
        call.Streaming!.Current.Final("What is that?", at: 9);
        call.RunUntil(16);

        call.Turns.Select(turn => turn.CallerText).Should().Equal("What time is it?", "What is that?");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Opens_a_failed_session_again_and_sends_what_was_not_understood_yet(bool endsByItself)
    {
        using var call = Streaming();
        call.Caller.Says("First. Second.", from: 1, to: 4);
        call.RunUntil(2);
        call.Streaming!.Current.Final("First.", at: 2);
        call.RunUntil(3);
        var failed = call.Streaming!.Current;
        if (endsByItself)
        {
            failed.EndByItself();
        }
        else
        {
            failed.Fail(Passing);
        }

        call.RunUntil(4.2);
        call.Streaming!.Current.Final("Second.", at: 4);
        call.RunUntil(8);

        failed.IsDisposed.Should().BeTrue();
        call.Streaming!.Sessions.Should().HaveCount(2);
        var frames = call.Streaming!.Current.Frames;
        frames[0].Offset.Should().Be(Seconds(2), "everything since the last final text is sent again");
        frames.Select(frame => frame.Offset).Should().Equal(Enumerable.Range(0, frames.Count).Select(index => Seconds(2 + (index * 0.02))));
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("First. Second.");
        call.Of<StageFailed>().Should().ContainSingle().Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public void Sends_at_most_15_seconds_again()
    {
        using var call = Streaming();
        call.RunUntil(60);
        call.Streaming!.Current.Fail(Passing);

        call.RunUntil(60.1);

        call.Streaming!.Current.Frames[0].Offset.Should().Be(Seconds(45));
    }

    [Test]
    public void Asks_a_new_session_for_the_final_text_where_the_voice_ended_meanwhile()
    {
        using var call = Streaming();
        call.Caller.Says("Hello.", from: 1, to: 2);
        call.RunUntil(1.9);
        call.Streaming!.OpenFailures.Enqueue(Passing);
        call.Streaming!.Current.Fail(Passing);

        call.RunUntil(3);

        call.Streaming!.Sessions.Should().HaveCount(2);
        call.Streaming!.Current.Flushes.Should().Be(1);
    }

    [Test]
    public void Opens_again_when_a_frame_cannot_be_sent()
    {
        using var call = Streaming();
        call.Caller.Says("Hello.", from: 1, to: 2);
        call.RunUntil(1.5);
        call.Streaming!.SendFailure = Passing;
        call.RunUntil(2.2);

        call.Ending.IsCompleted.Should().BeFalse("a provider's fault is no fault of the call");
        call.Streaming!.Sessions.Should().HaveCount(2);
        call.Streaming!.Sessions[0].IsDisposed.Should().BeTrue();
        call.Streaming!.Current.Frames.Select(frame => frame.Offset).Should().Contain(Seconds(1.5), "the frame that failed is sent again");
    }

    [Test]
    public void Opens_again_when_a_session_takes_no_audio_any_more()
    {
        using var call = Streaming();
        call.RunUntil(1);
        call.Streaming!.IsStuck = true;
        call.RunUntil(3.9);
        call.Streaming!.Sessions.Should().ContainSingle();
        call.Streaming!.IsStuck = false;

        call.RunUntil(4.1);

        call.Streaming!.Sessions.Should().HaveCount(2);
        call.Of<StageFailed>().Should().ContainSingle().Which.Failure.Should().Be(ProviderFailure.TimedOut);
    }

    [Test]
    public void Says_goodbye_after_three_failures_in_a_row()
    {
        using var call = Streaming();
        call.RunUntil(1);
        call.Streaming!.OpenFailures.Enqueue(Passing);
        call.Streaming!.OpenFailures.Enqueue(Passing);
        call.Streaming!.Current.Fail(Passing);

        call.RunUntil(20);

        call.Of<StageFailed>().Should().HaveCount(3);
        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(call.Settings.FailureGoodbye);
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
    }

    [Test]
    public void Counts_only_failures_in_a_row()
    {
        using var call = Streaming();
        for (var i = 1; i <= 6; i++)
        {
            call.RunUntil(i);
            call.Streaming!.Current.Interim("", at: i - 0.5);
            call.RunUntil(i + 0.5);
            call.Streaming!.Current.Fail(Passing);
        }

        call.RunUntil(9);

        call.Streaming!.Sessions.Should().HaveCount(7);
        call.Ending.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Says_goodbye_at_once_where_opening_again_cannot_help()
    {
        using var call = Streaming();
        call.RunUntil(1);
        call.Streaming!.Current.Fail(new InvalidOperationException("A bug."));

        call.RunUntil(12);

        call.Streaming!.Sessions.Should().ContainSingle();
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
    }

    [Test]
    public void Opens_a_second_time_where_the_first_failed_for_a_passing_reason()
    {
        using var call = Streaming();
        call.Streaming!.OpenFailures.Enqueue(Passing);

        call.RunUntil(2);

        call.Streaming!.Sessions.Should().ContainSingle();
        call.Of<AgentStateChanged>()[1].Should().Be(new AgentStateChanged(Seconds(0.5), AgentState.Listening));
    }

    [Test]
    public void Says_goodbye_when_it_cannot_open()
    {
        using var call = Streaming();
        call.Streaming!.OpenFailures.Enqueue(new InvalidOperationException("A bug."));

        call.RunUntil(12);

        call.Turns.Should().ContainSingle().Which.HeardText.Should().Be(call.Settings.FailureGoodbye);
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
    }

    [Test]
    public void Gives_a_session_up_that_does_not_open_in_time()
    {
        using var call = Streaming();
        call.Streaming!.OpenGate = new TaskCompletionSource().Task;

        call.RunUntil(40);

        call.Of<StageFailed>().Should().HaveCount(2).And.OnlyContain(failed => failed.Failure == ProviderFailure.TimedOut);
        call.Ending.GetAwaiter().GetResult().Should().Be(CallEndReason.Failed);
    }

    [Test]
    public void Hears_the_words_of_the_next_turn_that_were_there_before_the_answer_was_heard()
    {
        using var call = Streaming();
        call.Settings = call.Settings with { Interruption = new() { Enabled = false } };
        call.LanguageModel.FirstTokenDelay = Seconds(2);
        call.Caller.Says("One?", from: 1, to: 2);
        call.Caller.Says("Two?", from: 2.6, to: 3.2);
        call.RunUntil(2.2);
        call.Streaming!.Current.Final("One?", at: 2);
        call.RunUntil(3.4);
        call.Streaming!.Current.Final("Two?", at: 3.2);

        call.RunUntil(14);

        call.Turns.Select(turn => turn.CallerText).Should().Equal("One?", "Two?");
        call.Of<TurnDecided>()[1].At.Should().Be(call.Turns[0].AgentEnd!.Value);
    }

    private static CallHarness Streaming() => new() { Streaming = new ScriptedStreamingSpeechToText() };
}

using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class RoomSessionTests
{
    [Test]
    public void Greets_hears_and_answers_the_caller_until_the_caller_leaves()
    {
        using var h = new RoomHarness();
        h.Agent = h.Agent with { Greeting = "Hello there." };
        h.TextToSpeech.FirstAudioDelay = TimeSpan.FromMilliseconds(800);
        h.Room.Joins("me");
        h.Caller.Says("what is new", 2, 3);

        h.RunUntil(8);
        h.Room.Leaves("me");
        h.RunUntil(9);

        h.Turns.Select(turn => (turn.CallerText, turn.HeardText)).Should().Equal(("", "Hello there."), ("what is new", "You said what is new"));
        h.Caller.Heard.Should().HaveCount(2);
        h.Room.States.Should().Equal("initializing", "thinking", "speaking", "listening", "thinking", "speaking", "listening");
        h.Running.IsCompletedSuccessfully.Should().BeTrue();
        h.Call.EndReason.Should().Be(CallEndReason.CallerLeft);
        h.Room.IsLeft.Should().BeTrue();
        h.Returned.Should().Be(1);
    }

    [Test]
    public void Lets_the_recorder_of_usage_see_all_of_the_call_and_whose_it_is()
    {
        using var h = new RoomHarness { Job = new() { Id = "AJ_7", RoomName = "demo" } };
        h.SpeechToText.Failures.Enqueue(new ProviderException(ProviderFailure.Unavailable, "down"));
        h.Room.Joins("me");
        h.Caller.Says("what is new", 2, 3);

        h.RunUntil(8);
        h.Room.Leaves("me");
        h.RunUntil(9);

        h.Recorded.Select(recorded => recorded.Call).Distinct().Should().Equal(new CallIdentity("default", "AJ_7"));
        h.Recorded.Select(recorded => recorded.Event).Should().EndWith(new CallEnded(h.Recorded[^1].Event.At, CallEndReason.CallerLeft))
            .And.ContainSingle(told => told is ProviderAttempted && ((ProviderAttempted)told).Attempt.Outcome == AttemptOutcome.Failed);
    }
}

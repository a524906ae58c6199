using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Testing.Calls;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.Listening;

/// <summary>Streaming sessions that take audio and say nothing.</summary>
public class SilentProviderTests
{
    [Test]
    public void Opens_a_session_again_that_says_nothing_to_8_seconds_of_speech()
    {
        using var call = Streaming();
        call.Caller.Says("A long question?", from: 1, to: 12);
        call.RunUntil(8.9);
        call.Streaming!.Sessions.Should().ContainSingle();

        call.RunUntil(12.2);
        call.Streaming!.Current.Final("A long question?", at: 12);
        call.RunUntil(16);

        call.Streaming!.Sessions.Should().HaveCount(2);
        call.Streaming!.Sessions[0].IsDisposed.Should().BeTrue();
        call.Streaming!.Current.Frames[0].Offset.Should().Be(Seconds(0), "what was not understood is sent again");
        call.Of<StageFailed>().Should().ContainSingle().Which.Failure.Should().Be(ProviderFailure.TimedOut);
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("A long question?");
    }

    [Test]
    public void Adds_up_speech_over_pauses_and_leaves_the_pauses_out()
    {
        using var call = Streaming();
        call.Caller.Says("One.", from: 1, to: 6);
        call.Caller.Says("Two.", from: 30, to: 35);
        call.Settings = call.Settings with { Listening = call.Settings.Listening with { SilentAnswerAfter = TimeSpan.Zero } };

        call.RunUntil(32.5);
        call.Streaming!.Sessions.Should().ContainSingle();
        call.RunUntil(35);

        call.Streaming!.Sessions.Should().HaveCount(2);
    }

    [Test]
    public void Gives_a_session_up_that_leaves_a_turn_unanswered()
    {
        using var call = Streaming();
        call.Caller.Says("Hello?", from: 1, to: 2);

        call.RunUntil(4.5);
        call.Streaming!.Sessions.Should().ContainSingle();
        call.RunUntil(6);

        call.Streaming!.Sessions.Should().HaveCount(2);
        call.Of<StageFailed>().Should().ContainSingle().Which.Message.Should().StartWith("The speech-to-text provider said nothing to a turn");
        call.Streaming!.Sessions[1].Frames[0].Offset.Should().BeLessThan(TimeSpan.FromSeconds(1), "what was said is heard again");
    }

    [Test]
    public void Waits_for_nothing_after_a_cough()
    {
        using var call = Streaming();
        call.Caller.Says("", from: 1, to: 1.2);

        call.RunUntil(20);

        call.Streaming!.Sessions.Should().ContainSingle();
    }

    [TestCase("")]
    [TestCase("well")]
    public void Leaves_a_session_alone_that_says_anything(string interim)
    {
        using var call = Streaming();
        call.Caller.Says("A very long question?", from: 1, to: 20);
        call.RunUntil(7);
        call.Streaming!.Current.Interim(interim, at: 7);
        call.RunUntil(14);
        call.Streaming!.Current.Interim(interim, at: 14);

        call.RunUntil(20);

        call.Streaming!.Sessions.Should().ContainSingle();
    }

    [Test]
    public void Takes_silence_that_goes_on_for_noise_and_asks_ever_more_rarely()
    {
        using var call = Streaming();
        call.Caller.Says("", from: 1, to: 200);

        call.RunUntil(190);

        call.Streaming!.Sessions.Should().HaveCount(5, "at 8, 24, 56 and 120 seconds of noise");
        call.Ending.IsCompleted.Should().BeFalse("noise is no reason to hang up");
    }

    [Test]
    public void Is_as_strict_as_before_after_a_session_has_spoken()
    {
        using var call = Streaming();
        call.Caller.Says("A very long question?", from: 1, to: 40);
        call.RunUntil(12);
        call.Streaming!.Current.Interim("A very", at: 12);

        call.RunUntil(21);

        call.Streaming!.Sessions.Should().HaveCount(3);
    }

    [Test]
    public void Waits_for_ever_where_it_is_switched_off()
    {
        using var call = Streaming();
        call.Settings = call.Settings with { Listening = new ListeningSettings { SilentProviderAfter = TimeSpan.Zero } };
        call.Caller.Says("", from: 1, to: 60);

        call.RunUntil(60);

        call.Streaming!.Sessions.Should().ContainSingle();
    }

    private static CallHarness Streaming() => new() { Streaming = new ScriptedStreamingSpeechToText() };
}

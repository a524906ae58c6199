using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class SpeakingTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open()
    {
        _h = new RoomHarness();
        _h.Agent = _h.Agent with { Greeting = "Hello my friend and welcome." };
    }

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Publishes_one_microphone_track_that_frontends_know()
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);

        var voice = _h.Room.Voice!;
        (voice.Name, voice.Source, voice.Format, voice.Queue)
            .Should().Be(("roomio_audio", TrackSource.Microphone, new AudioFormat(24_000, 1), TimeSpan.FromMilliseconds(200)));
    }

    [Test]
    public void Waits_with_its_greeting_until_somebody_hears_it()
    {
        _h.Room.SubscribesToAgent = false;
        _h.Room.Joins("me");
        _h.RunUntil(3);
        _h.Caller.Heard.Should().BeEmpty();

        _h.Room.HearsAgent();
        _h.RunUntil(6);

        _h.Caller.Heard.Should().ContainSingle().Which.Start.Should().Be(TimeSpan.FromSeconds(3));
        _h.Turns.Should().ContainSingle().Which.HeardText.Should().Be("Hello my friend and welcome.");
        _h.Room.Voice!.DroppedFrames.Should().Be(0);
    }

    [Test]
    public void Greets_at_once_a_caller_whose_subscription_is_told_before_the_caller()
    {
        // As servers do where the agent was there first.
        _h.Room.SubscribesToAgent = false;
        _h.RunUntil(2);
        _h.Room.HearsAgent();
        _h.Room.Joins("me");

        _h.RunUntil(6);

        _h.Caller.Heard.Should().ContainSingle().Which.Start.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Test]
    public void Does_not_wait_for_ever_for_a_caller_who_takes_no_audio()
    {
        _h.Room.SubscribesToAgent = false;
        _h.Room.Joins("me", hasMicrophone: false);
        _h.Room.Types("me", "hi");

        _h.RunUntil(10);

        _h.Turns.Should().Contain(turn => turn.CallerText == "hi" && turn.HeardText == "You said hi");
    }

    [Test]
    public void Falls_silent_while_the_connection_is_restored_and_goes_on_where_it_was()
    {
        _h.Room.Joins("me");
        _h.RunUntil(0.6);
        _h.Room.Raise(new RoomEvent.Reconnecting());
        _h.RunUntil(4);
        _h.Caller.HeardDuration.Should().BeCloseTo(TimeSpan.FromSeconds(0.6), TimeSpan.FromMilliseconds(40));
        _h.Room.States.Should().EndWith("thinking");

        _h.Room.Raise(new RoomEvent.Reconnected());
        _h.RunUntil(8);

        _h.Caller.HeardDuration.Should().BeCloseTo(TimeSpan.FromSeconds(1.5), TimeSpan.FromMilliseconds(40));
        _h.Turns.Should().ContainSingle().Which.Interrupted.Should().BeFalse();
    }

    [Test]
    public void Drops_what_was_not_heard_when_the_caller_interrupts()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six seven eight nine ten." };
        _h.Room.Joins("me");
        _h.Caller.Says("stop it now please", 1, 2.5);

        _h.RunUntil(6);

        _h.Turns[0].Interrupted.Should().BeTrue();
        _h.Caller.Heard[0].End.Should().BeLessThan(TimeSpan.FromSeconds(2));
        _h.Turns[1].HeardText.Should().Be("You said stop it now please");
    }

    [Test]
    public void Only_writes_where_it_does_not_speak()
    {
        _h.Settings = _h.Settings with { SpeaksAudio = false };
        _h.Room.SubscribesToAgent = false;
        _h.Room.Joins("me");
        _h.Room.Types("me", "hi");

        _h.RunUntil(2);

        _h.Room.Voice.Should().BeNull();
        _h.TextToSpeech.Sessions.Should().Be(0);
        _h.Room.Texts.Select(text => text.Text).Should().Equal("Hello my friend and welcome.", "You said hi");
        _h.Room.Texts.Should().OnlyContain(text => text.Trailer["lk.transcription_final"] == "true");
    }
}

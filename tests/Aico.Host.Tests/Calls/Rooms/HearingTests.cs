using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class HearingTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Ends_the_turn_of_a_caller_who_mutes_in_the_middle_of_speech()
    {
        var track = _h.Room.Joins("me");
        _h.Caller.Says("what is new today", 1, 3);
        _h.RunUntil(3);
        _h.Room.Mutes("me", track, isMuted: true);

        _h.RunUntil(6);

        _h.Turns.Should().ContainSingle().Which.CallerEnd.Should().BeCloseTo(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(40));
        _h.Turns[0].Timings.TurnDecided.Should().BeLessThan(TimeSpan.FromSeconds(4));
    }

    [Test]
    public void Hears_the_caller_again_after_unmuting()
    {
        var track = _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Mutes("me", track, isMuted: true);
        _h.RunUntil(10);
        _h.Room.Mutes("me", track, isMuted: false);
        _h.Caller.Says("here I am", 11, 12);

        _h.RunUntil(16);

        var turn = _h.Turns.Should().ContainSingle().Subject;
        turn.CallerText.Should().Be("here I am");
        turn.CallerStart.Should().BeCloseTo(TimeSpan.FromSeconds(11), TimeSpan.FromMilliseconds(60));
    }

    [Test]
    public void Follows_the_caller_to_another_track()
    {
        var first = _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Unpublishes("me", first);
        _h.Room.Publishes("me", new RoomTrack("TR_new", "microphone", TrackKind.Audio, TrackSource.Microphone, IsMuted: false));
        _h.Caller.Says("new microphone", 2, 3);

        _h.RunUntil(6);

        _h.Room.Subscribed.Should().EndWith("+TR_new");
        _h.Turns.Should().ContainSingle().Which.CallerText.Should().Be("new microphone");
    }

    [Test]
    public void Takes_the_microphone_and_no_other_track()
    {
        _h.Room.Joins("me", hasMicrophone: false);
        _h.Room.Publishes("me", new RoomTrack("TR_cam", "camera", TrackKind.Video, TrackSource.Camera, IsMuted: false));
        _h.Room.Publishes("me", new RoomTrack("TR_film", "film", TrackKind.Audio, TrackSource.ScreenShareAudio, IsMuted: false));
        _h.Room.Publishes("me", new RoomTrack("TR_mic", "microphone", TrackKind.Audio, TrackSource.Microphone, IsMuted: false));

        _h.RunUntil(1);

        _h.Room.Subscribed.Should().Equal("+TR_mic");
    }

    [Test]
    public void Stays_initializing_until_the_caller_can_be_heard()
    {
        _h.Room.DeliversTracks = false;
        var track = _h.Room.Joins("me");
        _h.RunUntil(2);
        _h.Room.States.Should().Equal("initializing");

        _h.Room.Delivers(track);
        _h.RunUntil(2.1);

        _h.Room.States.Should().Equal("initializing", "listening");
    }

    [Test]
    public void Does_not_wait_for_the_audio_of_a_caller_without_a_microphone()
    {
        _h.Room.Joins("me", hasMicrophone: false);

        _h.RunUntil(0.1);

        _h.Room.States.Should().Equal("initializing", "listening");
    }

    [Test]
    public void Does_not_listen_where_it_takes_text_only()
    {
        _h.Settings = _h.Settings with { HearsAudio = false };
        _h.Room.Joins("me");
        _h.Caller.Says("nobody listens", 1, 2);
        _h.RunUntil(4);
        _h.Room.Types("me", "but reads");
        _h.RunUntil(8);

        _h.Room.Subscribed.Should().BeEmpty();
        _h.Turns.Select(turn => turn.CallerText).Should().Equal("but reads");
    }
}

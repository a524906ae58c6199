using System.Runtime.InteropServices;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.Calls;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class PreConnectTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open()
    {
        _h = new RoomHarness();
        _h.Room.ConnectDelay = TimeSpan.FromSeconds(2);
        _h.Caller.Says("I said this before", 0.5, 1.9);
        _h.Room.Joins("me", hasMicrophone: false);
        _h.Room.Publishes("me", new RoomTrack("TR_pre", "microphone", TrackKind.Audio, TrackSource.Microphone, IsMuted: false, IsPreConnect: true));
    }

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Is_heard_before_the_live_audio()
    {
        _h.RunUntil(2.5);
        Sends();
        _h.RunUntil(6);

        _h.Turns.Should().ContainSingle().Which.CallerText.Should().Be("I said this before");
        _h.Turns[0].CallerStart.Should().BeCloseTo(TimeSpan.FromSeconds(0.5), TimeSpan.FromMilliseconds(40));
    }

    [Test]
    public void Is_not_taken_from_others()
    {
        _h.Room.Joins("other");
        _h.RunUntil(2.5);
        Sends("other");
        _h.RunUntil(8);

        _h.SpeechToText.Requests.Should().Be(0);
    }

    [Test]
    public void Is_left_out_where_it_is_not_raw()
    {
        _h.RunUntil(2.5);
        Sends(mime: "audio/webm;codecs=opus");
        _h.Caller.Says("and live", 3, 4);
        _h.RunUntil(7);

        _h.Turns.Should().ContainSingle().Which.CallerText.Should().Be("and live");
        _h.Turns[0].Timings.TurnDecided.Should().BeLessThan(TimeSpan.FromSeconds(5), "nothing is waited for any more");
    }

    [Test]
    public void Is_waited_for_no_longer_than_three_seconds()
    {
        _h.Caller.Says("and live", 3, 3.5);
        _h.RunUntil(4.9);
        _h.LanguageModel.Requests.Should().BeEmpty();

        _h.RunUntil(9);

        _h.Turns.Should().ContainSingle().Which.CallerText.Should().Be("and live");
    }

    [Test]
    public void Is_left_out_where_it_is_older_than_a_second()
    {
        _h.Room.DeliversTracks = false;
        _h.RunUntil(2.5);
        Sends();
        _h.RunUntil(4);
        _h.Room.Delivers("TR_pre");
        _h.RunUntil(8);

        _h.SpeechToText.Requests.Should().Be(0);
    }

    /// <summary>Two seconds at 48 kHz stereo, with speech where the script has it.</summary>
    private void Sends(string identity = "me", string mime = "audio/pcm")
    {
        var samples = new short[2 * 2 * 48_000];
        Array.Fill(samples, ScriptedCaller.Loud, (int)(0.5 * 96_000), (int)(1.4 * 96_000));
        _h.Room.Raise(new RoomEvent.BytesReceived(
            identity, "lk.agent.pre-connect-audio-buffer", MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(), mime, "preconnect-buffer",
            new Dictionary<string, string> { ["sampleRate"] = "48000", ["channels"] = "2" }));
    }
}

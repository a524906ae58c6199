using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc;
using Aico.Host.LiveKit.Rtc.Protocol;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Aico.Host.Tests.LiveKit.Rtc;

internal sealed class FfiClientTests
{
    private ScriptedFfi _ffi = null!;
    private FfiClient _client = null!;
    private RtcRoomConnector _connector = null!;

    [SetUp]
    public void Start()
    {
        _ffi = new ScriptedFfi();
        _client = new FfiClient(_ffi, NullLoggerFactory.Instance);
        _connector = new RtcRoomConnector(_client, NullLoggerFactory.Instance, TimeProvider.System);
    }

    [TearDown]
    public async Task Stop() => await _client.DisposeAsync();

    [Test]
    public async Task A_panic_ends_every_room_and_fails_what_is_asked_and_what_was_asked()
    {
        var room = await JoinAsync();
        var pending = room.SetAttributesAsync(new Dictionary<string, string> { ["a"] = "1" }, CancellationToken.None);

        _ffi.Say(new FfiEvent { Panic = new Panic { Message = "it is broken" } });

        (await _client.Broken).Should().Be("it is broken");
        (await pending.Invoking(task => task).Should().ThrowAsync<RoomException>()).Which.Failure.Should().BeOneOf(RoomFailure.Library, RoomFailure.Disconnected);
        (await EventsAsync(room)).Should().Equal(new RoomEvent.Disconnected(RoomDisconnectReason.AgentError));
        (await _connector.Invoking(connector => connector.ConnectAsync(Request, CancellationToken.None)).Should().ThrowAsync<RoomException>())
            .Which.Failure.Should().Be(RoomFailure.Library);
        await room.DisposeAsync();
        _client.LiveHandles.Should().Be(0);
    }

    [Test]
    public async Task A_room_whose_events_nobody_reads_ends_and_drops_what_they_bring()
    {
        var room = await JoinAsync();

        for (var i = 0ul; i < 5000; i++)
        {
            _ffi.Say(new FfiEvent { RoomEvent = Publishes(handle: 1000 + i) });
        }

        (await EventsAsync(room)).Should().EndWith(new RoomEvent.Disconnected(RoomDisconnectReason.AgentError));
        await LeaveAsync(room);
        _client.LiveHandles.Should().Be(0);
        _ffi.Dropped.Should().OnlyHaveUniqueItems().And.HaveCount(5002);
    }

    [Test]
    public async Task Audio_of_a_track_that_the_library_lets_go_of_before_it_tells_is_at_its_end()
    {
        var room = await JoinAsync();
        _ffi.Say(new FfiEvent { RoomEvent = Subscribes("TR_1") });
        await using var events = room.ReadEventsAsync(CancellationToken.None).GetAsyncEnumerator();
        await events.MoveNextAsync();
        _ffi.Refuses = FfiRequest.MessageOneofCase.NewAudioStream;

        await using (var audio = room.OpenAudio("TR_1", AudioFormat.Speech, TimeSpan.FromMilliseconds(20), new RoomAudioProcessing()))
        {
            await using var frames = audio.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
            (await frames.MoveNextAsync()).Should().BeFalse();
        }

        LastRequest(FfiRequest.MessageOneofCase.NewAudioStream).NewAudioStream.TrackHandle.Should().Be(200);
        _ffi.Say(new FfiEvent { RoomEvent = new FfiRoomEvent { RoomHandle = 100, TrackUnsubscribed = new TrackChange { ParticipantIdentity = "other", TrackSid = "TR_1" } } });
        await events.MoveNextAsync();
        events.Current.Should().Be(new RoomEvent.TrackUnsubscribed("other", "TR_1"));
        await LeaveAsync(room);
        _ffi.Dropped.Should().NotContain(200);
    }

    [Test]
    public void Events_of_a_room_that_has_gone_are_dropped_with_their_handles()
    {
        _ffi.Say(new FfiEvent { RoomEvent = Publishes(handle: 7) });

        _ffi.Dropped.Should().Equal(7);
        _client.LiveHandles.Should().Be(0);
    }

    [Test]
    public void A_late_audio_frame_is_let_go_of()
    {
        var frame = new OwnedAudioFrameBuffer { Handle = new OwnedHandle { Id = 9 }, Info = new AudioFrameBufferInfo() };

        _ffi.Say(new FfiEvent { AudioStreamEvent = new AudioStreamEvent { StreamHandle = 3, FrameReceived = new AudioFrameReceived { Frame = frame } } });

        _ffi.Dropped.Should().Equal(9);
    }

    [Test]
    public async Task Says_the_version_of_the_library_and_no_token()
    {
        _ffi.Say(new FfiEvent { Logs = new LogBatch { Records = { new LogRecord { Level = 2, Target = "livekit_ffi", Message = "initializing ffi server v0.12.80" } } } });

        (await _client.Version).Should().Be("0.12.80");
        NativeLog.WithoutTokens("connecting with eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl now").Should().Be("connecting with *** now");
    }

    private static RoomConnectRequest Request => new() { Url = new Uri("ws://127.0.0.1:1"), Token = "none" };

    private FfiRequest LastRequest(FfiRequest.MessageOneofCase kind) => _ffi.Requests.Last(request => request.MessageCase == kind);

    private async Task<IRoom> JoinAsync()
    {
        var connecting = _connector.ConnectAsync(Request, CancellationToken.None);
        _ffi.Say(new FfiEvent
        {
            Connect = new ConnectCallback
            {
                AsyncId = LastRequest(FfiRequest.MessageOneofCase.Connect).Connect.RequestAsyncId,
                Result = new ConnectResult
                {
                    Room = new OwnedRoom { Handle = new OwnedHandle { Id = 100 }, Info = new RoomInfo { Name = "room", Metadata = "" } },
                    LocalParticipant = new OwnedParticipant { Handle = new OwnedHandle { Id = 101 }, Info = new ParticipantInfo { Sid = "PA_1", Identity = "me", Name = "", Metadata = "" } },
                },
            },
        });
        return await connecting;
    }

    private async Task LeaveAsync(IRoom room)
    {
        var leaving = room.DisposeAsync();
        _ffi.Say(new FfiEvent { Disconnect = new DoneCallback { AsyncId = LastRequest(FfiRequest.MessageOneofCase.Disconnect).Disconnect.RequestAsyncId } });
        await leaving;
    }

    private static FfiRoomEvent Subscribes(string trackSid) => new()
    {
        RoomHandle = 100,
        TrackSubscribed = new TrackSubscribed
        {
            ParticipantIdentity = "other",
            Track = new OwnedTrack { Handle = new OwnedHandle { Id = 200 }, Info = new TrackInfo { Sid = trackSid } },
        },
    };

    private static FfiRoomEvent Publishes(ulong handle) => new()
    {
        RoomHandle = 100,
        ParticipantConnected = new ParticipantConnected
        {
            Info = new OwnedParticipant { Handle = new OwnedHandle { Id = handle }, Info = new ParticipantInfo { Sid = "PA_2", Identity = $"other-{handle}", Name = "", Metadata = "" } },
        },
    };

    private static async Task<List<RoomEvent>> EventsAsync(IRoom room)
    {
        var events = new List<RoomEvent>();
        await foreach (var happened in room.ReadEventsAsync(CancellationToken.None))
        {
            events.Add(happened);
        }

        return events;
    }
}

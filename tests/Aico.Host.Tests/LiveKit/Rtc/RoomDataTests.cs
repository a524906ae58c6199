using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc;
using Aico.Testing.LiveKit;
using FluentAssertions;
using NUnit.Framework;

namespace Aico.Host.Tests.LiveKit.Rtc;

internal sealed class RoomDataTests
{
    private LiveKitTestServer _server = null!;
    private JoinedRoom _agent = null!;
    private JoinedRoom _user = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _server = await LiveKitTestServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [SetUp]
    public async Task Join()
    {
        var room = LiveKitTestServer.NewRoom();
        _user = await JoinedRoom.JoinAsync(_server, room, "user");
        _agent = await JoinedRoom.JoinAsync(_server, room, "agent", "agent");
        await _user.NextAsync<RoomEvent.ParticipantJoined>();
    }

    [TearDown]
    public async Task Leave()
    {
        await _agent.DisposeAsync();
        await _user.DisposeAsync();
        SharedFfi.Client.LiveHandles.Should().Be(0);
    }

    [Test]
    public async Task Attributes_reach_the_others_and_ourselves_and_an_empty_one_goes()
    {
        await _agent.Room.SetAttributesAsync(new Dictionary<string, string> { ["lk.agent.state"] = "listening", ["more"] = "1" }, _agent.Patience);
        await _agent.Room.SetAttributesAsync(new Dictionary<string, string> { ["more"] = "" }, _agent.Patience);

        var changed = await _user.NextAsync<RoomEvent.ParticipantChanged>(change => !change.Participant.Attributes.ContainsKey("more"));
        await _agent.NextAsync<RoomEvent.ParticipantChanged>(change => !change.Participant.Attributes.ContainsKey("more"));

        changed.Participant.Attributes.Should().Equal(new Dictionary<string, string> { ["lk.agent.state"] = "listening" });
        _agent.Room.Local.Attributes.Should().Equal(changed.Participant.Attributes);
    }

    [Test]
    public async Task A_text_comes_whole_with_the_sender_that_it_names_and_the_attributes_of_its_end()
    {
        var stream = new RoomText
        {
            Topic = "lk.transcription",
            SenderIdentity = "user",
            Attributes = new Dictionary<string, string> { ["lk.segment_id"] = "SG_1", ["lk.transcription_final"] = "false" },
        };
        await using (var writer = await _agent.Room.OpenTextAsync(stream, _agent.Patience))
        {
            await writer.WriteAsync("Hello ", _agent.Patience);
            await writer.WriteAsync("wörld", _agent.Patience);
            await writer.CloseAsync(new Dictionary<string, string> { ["lk.transcription_final"] = "true" }, _agent.Patience);
        }

        var text = await _user.NextAsync<RoomEvent.TextReceived>();

        text.Should().BeEquivalentTo(new RoomEvent.TextReceived("user", "lk.transcription", "Hello wörld", new Dictionary<string, string>
        {
            ["lk.segment_id"] = "SG_1",
            ["lk.transcription_final"] = "true",
        }));
    }

    [Test]
    public async Task A_text_on_a_topic_that_nobody_asked_for_is_dropped_and_so_is_one_that_is_too_long()
    {
        await _user.Room.SendTextAsync(new RoomText { Topic = "elsewhere" }, "not for us", _user.Patience);
        await _user.Room.SendTextAsync(new RoomText { Topic = "lk.chat" }, new string('x', IncomingStreams.MaxTextBytes + 1), _user.Patience);
        await _user.Room.SendTextAsync(new RoomText { Topic = "lk.chat", Destinations = ["agent"] }, "for us", _user.Patience);

        var text = await _agent.NextAsync<RoomEvent.TextReceived>();

        text.Text.Should().Be("for us");
        text.Identity.Should().Be("user");
    }

    [Test]
    public async Task Bytes_come_whole()
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);

        await _user.Room.SendBytesAsync(new RoomText { Topic = "files" }, "noise.bin", bytes, _user.Patience);

        var received = await _agent.NextAsync<RoomEvent.BytesReceived>();
        received.Bytes.ToArray().Should().Equal(bytes);
        received.Name.Should().Be("noise.bin");
        received.Identity.Should().Be("user");
    }

    [Test]
    public async Task A_key_press_comes_as_it_was_sent()
    {
        await _user.Room.SendDtmfAsync(11, "#", _user.Patience);

        (await _agent.NextAsync<RoomEvent.DtmfReceived>()).Should().Be(new RoomEvent.DtmfReceived("user", 11, "#"));
    }

    [Test]
    public async Task A_method_of_ours_is_called_and_answered_or_refused()
    {
        _agent.Room.RegisterRpc("add");
        var user = (RtcRoom)_user.Room;

        var answered = user.CallRpcAsync("agent", "add", "1+1", TimeSpan.FromSeconds(10), _user.Patience);
        var call = await _agent.NextAsync<RoomEvent.RpcInvoked>();
        await _agent.Room.AnswerRpcAsync(call.InvocationId, "2", error: null, _agent.Patience);
        var refused = user.CallRpcAsync("agent", "add", "1+", TimeSpan.FromSeconds(10), _user.Patience);
        var wrong = await _agent.NextAsync<RoomEvent.RpcInvoked>();
        await _agent.Room.AnswerRpcAsync(wrong.InvocationId, payload: null, "not a sum", _agent.Patience);

        (call.Method, call.CallerIdentity, call.Payload).Should().Be(("add", "user", "1+1"));
        (await answered).Should().Be("2");
        (await refused.Invoking(task => task).Should().ThrowAsync<RoomException>()).Which.Message.Should().Contain("not a sum");
    }

    [Test]
    public async Task A_transcription_of_the_older_kind_is_sent()
    {
        await using var published = await _agent.PublishAsync();

        await _agent.Room.PublishTranscriptionAsync(
            new RoomTranscription("agent", published.TrackSid, "SG_1", "Hello", IsFinal: true, "en"), _agent.Patience);

        if (_server.HasControl)
        {
            var entry = await _server.WaitAsync(new { type = "data", room = _agent.Room.Name, kind = "transcription" });
            ((string?)entry["identity"]).Should().Be("agent");
        }
    }
}

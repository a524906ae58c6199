using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;
using FluentAssertions;
using NUnit.Framework;

namespace Aico.Host.Tests.LiveKit.Rtc;

/// <summary>The ways in which a room ends or breaks; docs/rooms.md says the same in a table.</summary>
internal sealed class RoomEndTests
{
    private LiveKitTestServer _server = null!;
    private string _room = "";

    [SetUp]
    public async Task StartServer()
    {
        _server = await LiveKitTestServer.StartAsync("--ping-interval-s", "1", "--ping-timeout-s", "2");
        _room = LiveKitTestServer.NewRoom();
    }

    [TearDown]
    public async Task StopServer()
    {
        await _server.DisposeAsync();
        SharedFfi.Client.LiveHandles.Should().Be(0);
    }

    [Test]
    public async Task Who_leaves_is_out_and_can_ask_nothing_more()
    {
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me");
        await using var other = await JoinedRoom.JoinAsync(_server, _room, "other");

        await me.Room.DisconnectAsync(me.Patience);
        await me.Room.DisconnectAsync(me.Patience);

        (await me.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.ClientInitiated);
        (await other.NextAsync<RoomEvent.ParticipantLeft>()).Participant.Identity.Should().Be("me");
        var asking = () => me.Room.SendTextAsync(new RoomText { Topic = "lk.chat" }, "still here?", me.Patience);
        (await asking.Should().ThrowAsync<RoomException>()).Which.Failure.Should().Be(RoomFailure.Disconnected);
    }

    [Test]
    public async Task A_kick_ends_the_room()
    {
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me");

        await _server.TwirpAsync(_room, "RoomService/RemoveParticipant", new { room = _room, identity = "me" });

        (await me.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.ParticipantRemoved);
    }

    [Test]
    public async Task A_deleted_room_ends_for_everybody_and_what_is_heard_ends_with_it()
    {
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me");
        await using var other = await JoinedRoom.JoinAsync(_server, _room, "other");
        await using var published = await other.PublishAsync();
        await using var heard = await me.HearAsync();

        await _server.TwirpAsync(_room, "RoomService/DeleteRoom", new { room = _room });

        (await me.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.RoomDeleted);
        (await other.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.RoomDeleted);
        await foreach (var _ in heard.ReadAsync(me.Patience))
        {
        }
    }

    [Test]
    public async Task A_second_participant_of_the_same_identity_ends_the_first()
    {
        await using var first = await JoinedRoom.JoinAsync(_server, _room, "me");
        await using var second = await JoinedRoom.JoinAsync(_server, _room, "me");

        (await first.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.DuplicateIdentity);
        await second.Room.SetAttributesAsync(new Dictionary<string, string> { ["here"] = "yes" }, second.Patience);
    }

    [Test]
    public async Task A_socket_that_breaks_is_restored()
    {
        Control();
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me");

        await _server.PostAsync($"participants/{_room}/me/drop");

        await me.NextAsync<RoomEvent.Reconnecting>();
        await me.NextAsync<RoomEvent.Reconnected>();
        await me.Room.SetAttributesAsync(new Dictionary<string, string> { ["back"] = "yes" }, me.Patience);
    }

    [Test]
    public async Task A_server_that_comes_back_without_memory_gives_our_track_a_new_sid()
    {
        Control();
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me", "agent");
        await using var published = await me.PublishAsync();
        var before = published.TrackSid;

        await _server.PostAsync("vanish", new { backAfterMs = 500 });

        await me.NextAsync<RoomEvent.Reconnecting>();
        var republished = await me.NextAsync<RoomEvent.LocalTrackRepublished>();
        republished.PreviousSid.Should().Be(before);
        published.TrackSid.Should().Be(republished.TrackSid).And.NotBe(before);
    }

    [Test]
    public async Task A_server_that_stays_away_longer_than_the_limit_ends_the_room()
    {
        Control();
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me", change: request => request with { ReconnectTimeout = TimeSpan.FromSeconds(1) });

        await _server.PostAsync("vanish");

        await me.NextAsync<RoomEvent.Reconnecting>();
        (await me.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.ConnectionTimeout);
    }

    [Test]
    public async Task A_socket_that_is_half_open_ends_the_room_by_our_limit()
    {
        Control();
        await using var me = await JoinedRoom.JoinAsync(_server, _room, "me", change: request => request with { ReconnectTimeout = TimeSpan.FromSeconds(1) });

        await _server.PostAsync($"participants/{_room}/me/freeze");

        await me.NextAsync<RoomEvent.Reconnecting>();
        (await me.NextAsync<RoomEvent.Disconnected>()).Reason.Should().Be(RoomDisconnectReason.ConnectionTimeout);
    }

    private void Control()
    {
        if (!_server.HasControl)
        {
            Assert.Ignore("Only the test server can be told to fail.");
        }
    }
}

using Aico.Host.Calls;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class CallerTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Is_the_first_who_may_call()
    {
        _h.Room.Joins("recorder", ParticipantKind.Egress);
        _h.Room.Joins("other agent", ParticipantKind.Agent);
        _h.Room.Joins("avatar", attributes: new Dictionary<string, string> { ["lk.publish_on_behalf"] = FakeRoom.Agent });
        var mine = _h.Room.Joins("me");
        _h.Room.Joins("late");

        _h.RunUntil(1);

        _h.Call.CallerIdentity.Should().Be("me");
        _h.Room.Subscribed.Should().Equal("+" + mine);
    }

    [Test]
    public void Is_the_one_who_was_asked_for()
    {
        _h.Job = _h.Job with { Metadata = """{"participantIdentity": "guest"}""" };
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.States.Should().Equal("initializing");

        _h.Room.Joins("guest");
        _h.RunUntil(2);

        _h.Call.CallerIdentity.Should().Be("guest");
    }

    [Test]
    public void Of_a_telephone_is_there_when_it_was_picked_up()
    {
        _h.Agent = _h.Agent with { Greeting = "Hello." };
        _h.Room.Joins("phone", ParticipantKind.Sip, attributes: new Dictionary<string, string> { ["sip.callStatus"] = "ringing" });
        _h.RunUntil(2);
        _h.Caller.Heard.Should().BeEmpty();

        _h.Room.Changes("phone", phone => phone with { Attributes = new Dictionary<string, string> { ["sip.callStatus"] = "active" } });
        _h.RunUntil(4);

        _h.Caller.Heard.Should().ContainSingle();
    }

    [Test]
    public void Is_asked_for_again_where_the_wish_was_lost_with_the_connection()
    {
        _h.Room.DeliversTracks = false;
        var mine = _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Room.Raise(new RoomEvent.Reconnecting());
        _h.Room.Raise(new RoomEvent.Reconnected());
        _h.RunUntil(1.1);

        _h.Room.Subscribed.Should().Equal("+" + mine, "+" + mine);
    }

    [Test]
    public void Who_comes_second_is_not_heard()
    {
        var mine = _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Joins("second");
        _h.Room.Types("second", "let me in");
        _h.RunUntil(3);

        _h.Room.Subscribed.Should().Equal("+" + mine);
        _h.Turns.Should().BeEmpty();
    }

    [TestCase(RoomDisconnectReason.ClientInitiated, nameof(CallEndReason.CallerLeft))]
    [TestCase(RoomDisconnectReason.UserRejected, nameof(CallEndReason.CallerLeft))]
    [TestCase(RoomDisconnectReason.RoomDeleted, nameof(CallEndReason.RoomClosed))]
    public void Who_leaves_on_purpose_ends_the_call(RoomDisconnectReason reason, string ended)
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Room.Leaves("me", reason);
        _h.RunUntil(1.1);

        _h.Running.IsCompletedSuccessfully.Should().BeTrue();
        _h.Call.EndReason.ToString().Should().Be(ended);
    }

    [Test]
    public void Who_lost_the_connection_comes_back_into_the_same_conversation()
    {
        _h.Room.Joins("me");
        _h.Caller.Says("my name is Ann", 1, 2);
        _h.Caller.Says("who am I", 12, 13);
        _h.RunUntil(6);

        _h.Room.Leaves("me", RoomDisconnectReason.SignalClose);
        _h.RunUntil(10);
        _h.Room.Joins("me");
        _h.RunUntil(18);

        _h.Told().Should().Equal("user: my name is Ann", "assistant: You said my name is Ann", "user: who am I");
        _h.Turns.Should().HaveCount(2);
    }

    [Test]
    public void Who_lost_the_connection_is_waited_for_and_then_the_call_ends()
    {
        _h.Settings = _h.Settings with { CallerTimeout = TimeSpan.FromSeconds(20) };
        _h.Room.Joins("me");
        _h.RunUntil(5);

        _h.Room.Leaves("me", RoomDisconnectReason.SignalClose);
        _h.RunUntil(24.9);
        _h.Running.IsCompleted.Should().BeFalse();
        _h.RunUntil(25.1);

        _h.Running.IsCompleted.Should().BeTrue();
        _h.Call.EndReason.Should().Be(CallEndReason.CallerLost);
    }

    [Test]
    public void Who_is_next_after_one_who_did_not_come_back_gets_a_conversation_of_their_own()
    {
        _h.Room.Joins("me");
        _h.Caller.Says("my secret is seven", 1, 2);
        _h.RunUntil(6);

        _h.Room.Leaves("me", RoomDisconnectReason.SignalClose);
        var track = _h.Room.Joins("you");
        _h.RunUntil(70);
        _h.Room.Types("you", "hello there");
        _h.RunUntil(76);

        _h.Told().Should().Equal("user: hello there");
        _h.Room.Subscribed.Should().EndWith("+" + track);
        _h.Registry.List().Select(call => (call.Id, call.CallerIdentity, call.EndReason))
            .Should().Equal(("AJ_1-2", "you", null), ("AJ_1", "me", CallEndReason.CallerLost));
        _h.Room.Attributes.Last(written => written.Name == "aico.session").Value.Should().Be("AJ_1-2", "it is another call");
    }

    [Test]
    public void Who_never_comes_is_waited_for_no_longer_than_the_limit()
    {
        _h.RunUntil(59);
        _h.Running.IsCompleted.Should().BeFalse();

        _h.RunUntil(61);

        _h.Call.EndReason.Should().Be(CallEndReason.NobodyCame);
        _h.Room.IsLeft.Should().BeTrue();
    }
}

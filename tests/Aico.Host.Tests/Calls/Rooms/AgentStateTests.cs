using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class AgentStateTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Is_initializing_as_soon_as_the_room_is_joined()
    {
        _h.Room.ConnectDelay = TimeSpan.FromSeconds(1);
        _h.LeaseDelay = TimeSpan.FromSeconds(3);
        _h.Room.Joins("me");

        _h.RunUntil(2);

        _h.Room.Attributes.Should().Equal((TimeSpan.FromSeconds(1), "lk.agent.state", "initializing"));
    }

    [Test]
    public void Readies_the_providers_while_it_joins()
    {
        _h.Room.ConnectDelay = TimeSpan.FromSeconds(2);
        _h.LeaseDelay = TimeSpan.FromSeconds(3);
        _h.Room.Joins("me");

        _h.RunUntil(3);

        _h.Room.States.Should().Equal("initializing", "listening");
    }

    [Test]
    public void Is_written_as_it_is_now_where_the_server_is_slow()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six seven." };
        _h.Room.AttributeDelay = TimeSpan.FromSeconds(1);
        _h.Room.Joins("me");

        _h.RunUntil(6);

        _h.Room.Attributes.Select(written => (written.At.TotalSeconds, written.Value)).Should().Equal((1, "initializing"), (2, "speaking"), (3.1, "listening"));
    }

    [Test]
    public void Is_written_again_where_the_server_refused_it()
    {
        _h.Room.AttributeFailures.Enqueue(null);
        _h.Room.AttributeFailures.Enqueue(new RoomException(RoomFailure.TimedOut, "No answer."));
        _h.Room.Joins("me", hasMicrophone: false);

        _h.RunUntil(3);

        _h.Room.States.Should().Equal("initializing", "listening");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Stands_beside_the_wish_for_a_recording(bool isWanted)
    {
        _h.Settings = _h.Settings with { IsRecordingWanted = isWanted };
        _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Room.Attributes.Any(written => written is { Name: "aico.recording", Value: "true" }).Should().Be(isWanted);
    }
}

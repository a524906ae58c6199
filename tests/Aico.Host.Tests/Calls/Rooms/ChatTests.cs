using System.Text;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class ChatTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Interrupts_the_agent_and_is_answered()
    {
        _h.Agent = _h.Agent with { Greeting = "One two three four five six seven eight nine ten." };
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Types("me", "never mind");
        _h.RunUntil(4);

        _h.Turns[0].Interrupted.Should().BeTrue();
        _h.Turns[1].Should().Match<Aico.Host.Calls.TurnRecord>(turn => turn.CallerText == "never mind" && turn.HeardText == "You said never mind");
    }

    [Test]
    public void Is_taken_from_packets_of_the_older_kind()
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Raise(new RoomEvent.DataReceived("me", "lk-chat-topic", Encoding.UTF8.GetBytes("""{"id": "1", "message": "from long ago"}""")));
        _h.Room.Raise(new RoomEvent.DataReceived("me", "lk-chat-topic", Encoding.UTF8.GetBytes("no message")));
        _h.RunUntil(4);

        _h.Turns.Select(turn => turn.CallerText).Should().Equal("from long ago");
    }

    [Test]
    public void Is_not_taken_where_the_agent_takes_no_text()
    {
        _h.Settings = _h.Settings with { TakesText = false };
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Types("me", "hi");
        _h.RunUntil(4);

        _h.Turns.Should().BeEmpty();
    }
}

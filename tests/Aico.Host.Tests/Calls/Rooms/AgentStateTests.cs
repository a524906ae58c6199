using Aico.Abstractions;
using Aico.Host.Calls.Listening;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.Calls;
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

        _h.Room.Attributes.Should().Equal((TimeSpan.FromSeconds(1), "lk.agent.state", "initializing"), (TimeSpan.FromSeconds(1), "aico.session", "AJ_1"));
    }

    [Test]
    public void Is_not_written_again_where_the_token_brought_it()
    {
        _h.Room.LocalAttributes = new Dictionary<string, string> { ["lk.agent.state"] = "initializing", ["aico.session"] = "AJ_1" };
        _h.Room.Joins("me");

        _h.RunUntil(1);

        _h.Room.States.Should().Equal("listening");
        _h.Room.Attributes.Should().NotContain(written => written.Name == "aico.session");
    }

    [Test]
    public void Says_that_it_is_ready_where_nobody_is_there_yet()
    {
        _h.LeaseDelay = TimeSpan.FromSeconds(3);
        _h.RunUntil(2);
        var before = _h.Room.Attributes.Count(written => written.Name == "aico.ready");

        _h.RunUntil(4);

        before.Should().Be(0, "its providers were not open");
        _h.Room.Attributes.Should().ContainSingle(written => written.Name == "aico.ready").Which.Value.Should().Be("true");
        _h.Room.States.Should().Equal("initializing");
    }

    [Test]
    public void Says_that_it_is_not_ready_where_it_cannot_hear()
    {
        var broken = new ScriptedStreamingSpeechToText();
        broken.OpenFailures.Enqueue(new ProviderException(ProviderFailure.Unauthorized, "The key is wrong."));
        _h.Providers = providers => providers with { SpeechToText = SpeechToTextProvider.Alone("stt", broken) };
        _h.Room.Joins("me");

        _h.RunUntil(4);

        _h.Room.Attributes.Should().ContainSingle(written => written.Name == "aico.ready").Which.Value.Should().Be("false");
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

        _h.Room.Attributes.Where(written => written.Name == "lk.agent.state").Select(written => (written.At.TotalSeconds, written.Value)).Should().Equal((1, "initializing"), (2, "speaking"), (3.1, "listening"));
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

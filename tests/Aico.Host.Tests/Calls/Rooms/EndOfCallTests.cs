using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class EndOfCallTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [TestCase(RoomDisconnectReason.RoomDeleted, CallEndReason.RoomClosed)]
    [TestCase(RoomDisconnectReason.RoomClosed, CallEndReason.RoomClosed)]
    [TestCase(RoomDisconnectReason.ParticipantRemoved, CallEndReason.AgentRemoved)]
    [TestCase(RoomDisconnectReason.DuplicateIdentity, CallEndReason.AgentRemoved)]
    [TestCase(RoomDisconnectReason.ConnectionTimeout, CallEndReason.ConnectionLost)]
    [TestCase(RoomDisconnectReason.ServerShutdown, CallEndReason.ConnectionLost)]
    public void Comes_with_the_room_for_the_reason_it_had(RoomDisconnectReason reason, CallEndReason expected)
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Room.Ends(reason);
        _h.RunUntil(1.1);

        _h.Running.IsCompletedSuccessfully.Should().BeTrue();
        _h.Call.EndReason.Should().Be(expected);
        _h.Room.IsDisposed.Should().BeTrue();
        _h.Returned.Should().Be(1);
    }

    [Test]
    public void Comes_after_a_goodbye_when_the_host_shuts_down()
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Drain();
        _h.RunUntil(2);
        _h.Running.IsCompleted.Should().BeFalse();
        _h.RunUntil(8);

        _h.Call.EndReason.Should().Be(CallEndReason.HostShutdown);
        _h.Turns[^1].HeardText.Should().Be(_h.Agent.MaximumDurationGoodbye);
    }

    [Test]
    public void Comes_at_once_when_the_host_shuts_down_before_anybody_came()
    {
        _h.RunUntil(1);

        _h.Drain();
        _h.RunUntil(1.1);

        _h.Call.EndReason.Should().Be(CallEndReason.HostShutdown);
    }

    [Test]
    public void Comes_at_once_when_the_job_is_terminated()
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Cancel();
        _h.RunUntil(1.1);

        _h.Call.EndReason.Should().Be(CallEndReason.Cancelled);
        _h.Room.IsLeft.Should().BeTrue();
    }

    [Test]
    public void Comes_when_it_is_asked_for()
    {
        _h.Room.Joins("me");
        _h.RunUntil(1);

        _h.Registry.End("AJ_1").Should().BeTrue();
        _h.RunUntil(1.1);

        _h.Call.EndReason.Should().Be(CallEndReason.EndedByRequest);
        _h.Registry.End("AJ_1").Should().BeFalse();
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Deletes_the_room_where_that_is_wanted(bool isWanted)
    {
        _h.Settings = _h.Settings with { DeletesRoom = isWanted };
        _h.Room.Joins("me");
        _h.RunUntil(1);
        _h.Room.Leaves("me");
        _h.RunUntil(2);

        _h.Administration.Deleted.Should().HaveCount(isWanted ? 1 : 0);
    }

    [Test]
    public void Is_not_held_up_by_a_server_that_takes_nothing()
    {
        _h.Agent = _h.Agent with { Greeting = "Hello there." };
        _h.Room.AttributeDelay = TimeSpan.FromHours(1);
        _h.Room.TextDelay = TimeSpan.FromHours(1);
        _h.Room.Joins("me");
        _h.RunUntil(3);

        _h.Room.Leaves("me");
        _h.RunUntil(10);

        _h.Running.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Says_in_the_jobs_outcome_that_the_room_could_not_be_joined()
    {
        _h.Room.ConnectFailure = new RoomException(RoomFailure.Unavailable, "The server cannot be reached.");

        _h.RunUntil(1);

        _h.Running.IsCompletedSuccessfully.Should().BeTrue();
        Outcome().Should().Be("The server cannot be reached.");
        _h.Call.EndReason.Should().Be(CallEndReason.ConnectionLost);
        _h.Returned.Should().Be(1);
    }

    [Test]
    public void Says_in_the_jobs_outcome_that_the_providers_could_not_be_made()
    {
        _h.LeaseFailure = new ProviderException(ProviderFailure.Unauthorized, "No key.");

        _h.RunUntil(1);

        Outcome().Should().Be("No key.");
        _h.Room.IsLeft.Should().BeTrue();
    }

    private string? Outcome() => _h.Running.GetAwaiter().GetResult().Error;
}

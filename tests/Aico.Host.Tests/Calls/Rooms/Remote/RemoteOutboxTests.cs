using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

public class RemoteOutboxTests
{
    [Test]
    public void Loses_the_oldest_where_the_room_stands_still_and_the_call_goes_on()
    {
        var gate = new TaskCompletionSource();
        using var remote = new RemoteCall { BeforeSending = () => gate.Task }.RunUntil(0.5);
        for (var i = 0; i < 300; i++)
        {
            remote.Ask(new SessionRequest { Ping = new() }, $"req_{i}").Should().BeNull();
        }

        remote.Call.Call.SendText("Hello");
        remote.RunUntil(4);
        remote.Call.Turns.Should().ContainSingle();
        remote.Sent.Should().BeEmpty();
        gate.SetResult();
        SpinWait.SpinUntil(
            () =>
            {
                remote.Call.Time.RunUntilIdle();
                return remote.Sent.Count == 257;
            },
            TimeSpan.FromSeconds(10)).Should().BeTrue();

        var pings = remote.Responses.Select(response => int.Parse(response.RequestId[4..])).ToList();
        pings.Should().BeInAscendingOrder().And.EndWith(299).And.NotContain(1);
        remote.Session.DroppedMessages.Should().BeGreaterThan(40);
        remote.Log.Lines.Should().ContainSingle().Which.Text.Should().Contain("256");
    }

    [Test]
    public void Goes_on_after_a_message_that_the_room_refused_and_says_so_once_in_a_row()
    {
        var refused = 0;
        using var remote = new RemoteCall();
        remote.BeforeSending = () => refused++ < 3 ? throw new RoomException(RoomFailure.Rejected, "Refused.") : Task.CompletedTask;
        remote.RunUntil(0.5);
        for (var i = 0; i < 5; i++)
        {
            remote.Ask(new SessionRequest { Ping = new() }, $"req_{i}");
        }

        remote.Responses.Select(response => response.RequestId).Should().Equal("req_2", "req_3", "req_4");
        remote.Log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Warning);
    }

    [Test]
    public void Ends_when_the_room_is_gone()
    {
        using var remote = new RemoteCall { BeforeSending = () => throw new RoomException(RoomFailure.Disconnected, "Gone.") };

        remote.RunUntil(0.5);

        remote.Running.IsCompletedSuccessfully.Should().BeTrue();
        remote.Log.Lines.Should().ContainSingle().Which.Level.Should().Be(LogLevel.Debug);
        remote.Call.Ending.IsCompleted.Should().BeFalse("the call has its own way to hear of it");
    }

    [Test]
    public void Ends_when_the_call_has_ended_and_all_is_sent()
    {
        using var remote = new RemoteCall();
        remote.Call.Caller.LeavesAt = TimeSpan.FromSeconds(4);
        remote.Call.Caller.Says("What time is it?", from: 1, to: 2);
        remote.RunUntil(3.9);
        remote.Running.IsCompleted.Should().BeFalse();

        remote.RunUntil(5);

        remote.Running.IsCompletedSuccessfully.Should().BeTrue();
        remote.Events[^1].AgentStateChanged.NewState.Should().Be(AgentState.AsListening);
    }

    [Test]
    public void Stops_at_once_when_it_is_cancelled_in_the_middle_of_sending()
    {
        using var remote = new RemoteCall { BeforeSending = () => new TaskCompletionSource().Task }.RunUntil(0.5);
        remote.Running.IsCompleted.Should().BeFalse();

        remote.Stop();

        remote.Running.IsCompletedSuccessfully.Should().BeTrue();
        remote.Call.Ending.IsCompleted.Should().BeFalse();
    }
}

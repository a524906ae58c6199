using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.LiveKit.Rooms;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.Calls.Rooms;

internal sealed class RoomCallRegistryTests
{
    private RoomHarness _h = null!;

    [SetUp]
    public void Open() => _h = new RoomHarness();

    [TearDown]
    public void Close() => _h.Dispose();

    [Test]
    public void Says_that_the_agent_is_ready_before_its_caller_is_there()
    {
        var waiting = Wait();
        _h.Room.ConnectDelay = TimeSpan.FromSeconds(1);
        _h.RunUntil(0.9);
        waiting.IsCompleted.Should().BeFalse();

        _h.RunUntil(1.1);

        Said(waiting).Should().Be(new RoomReadiness(null, "AJ_1"));
        Said(Wait()).IsReady.Should().BeTrue("it is still so");
    }

    [Test]
    public void Says_why_the_agent_will_not_be_ready()
    {
        var waiting = Wait();
        _h.Room.ConnectFailure = new RoomException(RoomFailure.Unavailable, "The server cannot be reached.");

        _h.RunUntil(1);

        Said(waiting).Failure.Should().Be("The server cannot be reached.");
    }

    [Test]
    public void Says_that_the_job_was_refused()
    {
        var waiting = Wait();

        _ = _h.Time.Start(() => _h.Handler.ConsiderAsync(_h.Job with { Metadata = """{"organization": "nobody"}""" }, CancellationToken.None).AsTask());

        Said(waiting).Failure.Should().Contain("nobody");
    }

    [Test]
    public void Knows_a_call_with_its_turns_and_timings()
    {
        _h.Room.Joins("me");
        _h.Caller.Says("what is new", 1, 2);
        _h.RunUntil(6);

        var call = _h.Registry.Get("AJ_1")!;
        (call.OrganizationId, call.RoomName, call.CallerIdentity, call.State, call.IsReady, call.Ended)
            .Should().Be(("default", "demo", "me", AgentState.Listening, true, null));
        call.Turns.Should().ContainSingle().Which.Timings.VoiceToVoice.Should().NotBeNull();
    }

    [Test]
    public void Keeps_the_latest_calls_and_forgets_the_oldest()
    {
        var registry = new RoomCallRegistry(_h.Time);
        for (var i = 0; i < 201; i++)
        {
            registry.HasEnded(registry.Begin($"AJ_{i}", "demo"), CallEndReason.CallerLeft, null);
        }

        registry.List().Should().HaveCount(200);
        registry.Get("AJ_0").Should().BeNull();
        registry.List()[0].Id.Should().Be("AJ_200");
    }

    private Task<RoomReadiness> Wait() => _h.Time.Start(() => _h.Registry.WaitUntilReadyAsync("demo", CancellationToken.None));

    private static RoomReadiness Said(Task<RoomReadiness> waiting)
    {
        waiting.IsCompletedSuccessfully.Should().BeTrue();
        return waiting.GetAwaiter().GetResult();
    }

    [Test]
    public void Keeps_what_was_counted_of_an_ended_call_and_nothing_that_it_was_read_from()
    {
        var registry = new RoomCallRegistry(TimeProvider.System);
        var call = registry.Begin("AJ_1", "demo");
        var conversation = Reads(call);

        registry.HasEnded(call, CallEndReason.CallerLeft, null);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        conversation.IsAlive.Should().BeFalse("two hundred ended calls are remembered");
        (call.Audio.Read().DroppedHeard, call.Audio.Read().DroppedSpoken).Should().Be((3, 4));
    }

    // In a method of its own, so that no local of the test keeps it.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Reads(RoomCall call)
    {
        var conversation = new byte[10];
        call.Audio.ReadsFrom(() => TimeSpan.FromMilliseconds(conversation.Length), () => (conversation.Length - 7, conversation.Length - 6));
        return new WeakReference(conversation);
    }
}

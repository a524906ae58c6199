using Aico.Host.Api.Idempotency;

namespace Aico.Host.Tests.Api.Configuration;

internal sealed class IdempotencyMemoryTests
{
    private static readonly IdempotentReply _reply = new(201, null, null, null, []);
    private readonly SteppedClock _clock = new();

    [Test]
    public void Tells_a_request_that_is_being_served_from_one_that_was()
    {
        var memory = new IdempotencyMemory(_clock);
        var (entry, isNew) = memory.Begin("k", [1]);

        var (same, again) = memory.Begin("k", [1]);

        (isNew, again).Should().Be((true, false));
        memory.ReplyOf(same).Should().BeNull("it is being served");
        memory.Complete(entry, _reply);
        memory.ReplyOf(same).Should().BeSameAs(_reply);
    }

    [Test]
    public void Forgets_after_a_day_and_what_failed_at_once()
    {
        var memory = new IdempotencyMemory(_clock);
        memory.Complete(memory.Begin("k", [1]).Entry, _reply);
        memory.Forget("f", memory.Begin("f", [1]).Entry);

        memory.Begin("f", [2]).IsNew.Should().BeTrue();
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        memory.Begin("k", [1]).IsNew.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        memory.Begin("k", [1]).IsNew.Should().BeTrue();
    }

    [Test]
    public void Keeps_no_more_than_it_has_room_for()
    {
        var memory = new IdempotencyMemory(_clock);
        for (var i = 0; i <= IdempotencyMemory.Most; i++)
        {
            memory.Begin($"k{i}", [1]);
        }

        memory.Begin($"k{IdempotencyMemory.Most}", [1]).IsNew.Should().BeFalse();
        memory.Begin("k0", [1]).IsNew.Should().BeTrue("the oldest has gone");
    }
}

using Aico.Abstractions;
using Aico.Plugins.Moonshine;

namespace Aico.Plugins.Tests.Moonshine;

public class DecodeSchedulerTests
{
    [Test]
    public async Task Returns_what_the_work_heard_from_a_thread_of_its_own()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var work = new FakeDecode();
        work.End();

        (await Final(scheduler, work)).Should().Be("heard");

        work.RanOnPoolThread.Should().BeFalse();
    }

    [Test]
    public async Task Works_on_as_many_at_once_as_it_has_workers()
    {
        const int Workers = 3;
        using var scheduler = new DecodeScheduler(Workers, limitPerOrganization: 100);
        // Nobody passes before three are there, so fewer workers hang; a fourth would be counted.
        using var together = new Barrier(Workers);
        var now = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 10 * Workers).Select(_ => scheduler.RunAsync(
            _ =>
            {
                var count = Interlocked.Increment(ref now);
                InterlockedMax(ref most, count);
                together.SignalAndWait(FakeDecode.Patience, CancellationToken.None).Should().BeTrue("three work at once");
                Interlocked.Decrement(ref now);
                return "";
            },
            "a",
            isInterim: false,
            CancellationToken.None))).WaitAsync(FakeDecode.Patience);

        most.Should().Be(Workers);
    }

    [Test]
    public async Task Organizations_take_turns()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 10);
        using var first = new FakeDecode();
        var order = new List<string>();
        var running = Final(scheduler, first);
        await first.Begun;

        var waiting = new[] { "a1", "a2", "a3", "b1", "b2" }.Select(name => scheduler.RunAsync(
            _ =>
            {
                order.Add(name);
                return name;
            },
            name[..1],
            isInterim: false,
            CancellationToken.None)).ToArray();
        first.End();
        await Task.WhenAll(waiting).WaitAsync(FakeDecode.Patience);
        await running;

        order.Should().Equal("a1", "b1", "a2", "b2", "a3");
    }

    [Test]
    public async Task Refuses_more_than_an_organization_may_let_wait_and_names_the_limit()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 2);
        using var work = new FakeDecode();
        using var waiting = new FakeDecode();
        var running = Final(scheduler, work, "a");
        await work.Begun;
        waiting.End();
        Task<string>[] queued = [Final(scheduler, waiting, "a"), Final(scheduler, Ended(), "a")];

        var refused = await FluentActions.Awaiting(() => Final(scheduler, Ended(), "a").WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<ProviderException>();
        var other = Final(scheduler, Ended(), "b");

        refused.Which.Failure.Should().Be(ProviderFailure.QuotaExceeded);
        refused.Which.IsTransient.Should().BeTrue();
        refused.Which.Message.Should().StartWith("2 utterances of organization a").And.Contain("maxQueuedPerOrganization");
        work.End();
        (await Task.WhenAll([running, other, .. queued]).WaitAsync(FakeDecode.Patience)).Should().OnlyContain(text => text == "heard");
    }

    [Test]
    public async Task Has_headroom_for_interim_results_while_a_worker_is_idle()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var work = new FakeDecode();
        scheduler.HasInterimHeadroom.Should().BeTrue();

        var running = Final(scheduler, work);
        scheduler.HasInterimHeadroom.Should().BeFalse();
        work.End();
        await running;

        scheduler.HasInterimHeadroom.Should().BeTrue();
    }

    [Test]
    public async Task Refuses_an_interim_result_when_no_worker_is_idle()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var work = new FakeDecode();
        using var interim = new FakeDecode();
        var running = Final(scheduler, work);

        var refused = await FluentActions.Awaiting(() => Interim(scheduler, interim).WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<ProviderException>();
        work.End();
        await running;

        refused.Which.Failure.Should().Be(ProviderFailure.QuotaExceeded);
        interim.HasBegun.Should().BeFalse();
    }

    [Test]
    public async Task An_interim_result_under_way_gives_way_to_a_final_one()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var work = new FakeDecode();
        var interim = Interim(scheduler, work);
        await work.Begun;

        var final = await Final(scheduler, Ended()).WaitAsync(FakeDecode.Patience);

        final.Should().Be("heard");
        (await FluentActions.Awaiting(() => interim.WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<ProviderException>())
            .Which.Failure.Should().Be(ProviderFailure.QuotaExceeded);
    }

    [TestCase(0, 2)]
    [TestCase(1, 2)]
    [TestCase(2, 1)]
    [TestCase(3, 0)]
    public async Task As_many_interim_results_give_way_as_final_ones_find_no_worker(int finals, int kept)
    {
        // Three workers, two of them with interim results: the first final one needs nobody's place.
        using var scheduler = new DecodeScheduler(workers: 3, limitPerOrganization: 3);
        FakeDecode[] works = [new() { IsDeaf = true }, new() { IsDeaf = true }];
        var interims = works.Select(work => Interim(scheduler, work)).ToArray();
        await Task.WhenAll(works.Select(work => work.Begun));
        var blockers = Enumerable.Range(0, finals).Select(_ => new FakeDecode()).ToArray();

        var results = blockers.Select(blocker => Final(scheduler, blocker)).ToArray();
        foreach (var work in works.Concat(blockers))
        {
            work.End();
        }

        await Task.WhenAll(results).WaitAsync(FakeDecode.Patience);
        await Task.WhenAny(Task.WhenAll(interims).WaitAsync(FakeDecode.Patience));
        interims.Count(interim => interim.IsCompletedSuccessfully).Should().Be(kept);
        interims.Count(interim => interim.IsFaulted).Should().Be(2 - kept);
    }

    [Test]
    public async Task A_cancelled_decode_that_waits_leaves_its_place()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var work = new FakeDecode();
        using var abandoned = new FakeDecode();
        using var cancellation = new CancellationTokenSource();
        var running = Final(scheduler, work);
        await work.Begun;
        var waiting = scheduler.RunAsync(abandoned.Run, "a", isInterim: false, cancellation.Token);

        await cancellation.CancelAsync();
        (await FluentActions.Awaiting(() => waiting.WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(cancellation.Token);
        var next = Final(scheduler, Ended());
        work.End();

        (await next.WaitAsync(FakeDecode.Patience)).Should().Be("heard");
        (await running).Should().Be("heard");
        abandoned.HasBegun.Should().BeFalse();
    }

    [Test]
    public async Task A_cancelled_decode_under_way_is_over_for_its_caller_at_once()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var deaf = new FakeDecode { IsDeaf = true };
        using var cancellation = new CancellationTokenSource();
        var running = scheduler.RunAsync(deaf.Run, "a", isInterim: false, cancellation.Token);
        await deaf.Begun;

        await cancellation.CancelAsync();
        await FluentActions.Awaiting(() => running.WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<OperationCanceledException>();

        // Its worker is still at it, and says so.
        scheduler.HasInterimHeadroom.Should().BeFalse();
        var next = Final(scheduler, Ended());
        deaf.End();
        (await next.WaitAsync(FakeDecode.Patience)).Should().Be("heard");
    }

    [Test]
    public async Task Cancelling_stops_the_work_itself()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var endless = new FakeDecode();
        using var cancellation = new CancellationTokenSource();
        var running = scheduler.RunAsync(endless.Run, "a", isInterim: false, cancellation.Token);
        await endless.Begun;

        await cancellation.CancelAsync();

        (await Final(scheduler, Ended()).WaitAsync(2 * FakeDecode.Patience)).Should().Be("heard");
        endless.WasStopped.Should().BeTrue();
        await FluentActions.Awaiting(() => running.WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task A_failure_goes_to_its_caller_and_leaves_the_worker_at_work()
    {
        using var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);

        await FluentActions.Awaiting(() => scheduler.RunAsync(
            _ => throw new ProviderException(ProviderFailure.ProtocolError, "broken"), "a", isInterim: false, CancellationToken.None))
            .Should().ThrowAsync<ProviderException>().WithMessage("broken");

        (await Final(scheduler, Ended()).WaitAsync(FakeDecode.Patience)).Should().Be("heard");
    }

    [Test]
    public async Task Disposing_ends_what_runs_and_what_waits_and_refuses_the_rest()
    {
        var scheduler = new DecodeScheduler(workers: 1, limitPerOrganization: 1);
        using var work = new FakeDecode();
        using var waiting = new FakeDecode();
        var running = Final(scheduler, work);
        await work.Begun;
        var queued = Final(scheduler, waiting);

        scheduler.Dispose();
        scheduler.Dispose();

        foreach (var ended in new[] { running, queued, Final(scheduler, Ended()) })
        {
            (await FluentActions.Awaiting(() => ended.WaitAsync(FakeDecode.Patience)).Should().ThrowAsync<ProviderException>())
                .Which.Failure.Should().Be(ProviderFailure.Unavailable);
        }

        waiting.HasBegun.Should().BeFalse();
    }

    private static Task<string> Final(DecodeScheduler scheduler, FakeDecode work, string organization = "a") =>
        scheduler.RunAsync(work.Run, organization, isInterim: false, CancellationToken.None);

    private static Task<string> Interim(DecodeScheduler scheduler, FakeDecode work) =>
        scheduler.RunAsync(work.Run, "a", isInterim: true, CancellationToken.None);

    private static FakeDecode Ended()
    {
        var work = new FakeDecode();
        work.End();
        return work;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}

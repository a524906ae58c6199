using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Worker;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Worker;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkerDrainTests
{
    private readonly WorkerHarness _worker = new();

    [TearDown]
    public void End() => _worker.Dispose();

    [Test]
    public void Takes_no_more_jobs_and_waits_for_the_last_one()
    {
        _worker.Start();
        var run = _worker.Begin("AJ_1");

        var drain = _worker.Drain();
        _worker.Offer("AJ_2").Advance(5);

        _worker.Statuses[^1].Status.Should().Be(WorkerStatus.WsFull);
        _worker.Answers[^1].Should().Be(new AvailabilityResponse { JobId = "AJ_2", Available = false });
        _worker.Worker.State.Phase.Should().Be(WorkerPhase.Draining);
        run.IsToldToDrain.Should().BeFalse();
        drain.IsCompleted.Should().BeFalse();
        _worker.End(run);
        drain.IsCompletedSuccessfully.Should().BeTrue();
        _worker.Running.IsCompletedSuccessfully.Should().BeTrue();
        _worker.Reports[^1].Should().Be("AJ_1 JsSuccess", "the last word is sent before the connection is closed");
        _worker.Socket.IsClosedByWorker.Should().BeTrue();
        _worker.Worker.State.Phase.Should().Be(WorkerPhase.Stopped);
    }

    [Test]
    public void Ends_at_once_without_jobs()
    {
        _worker.Start();

        _worker.Drain().IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Ends_at_once_where_it_was_never_started() => _worker.Drain().IsCompletedSuccessfully.Should().BeTrue();

    [Test]
    public void Lets_jobs_say_goodbye_when_its_patience_is_over()
    {
        _worker.Start();
        var run = _worker.Begin("AJ_1");
        var drain = _worker.Drain();
        KeepAlive(3599);
        run.IsToldToDrain.Should().BeFalse();

        _worker.Advance(2);

        run.IsToldToDrain.Should().BeTrue();
        run.IsCancelled.Should().BeFalse();
        drain.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Cancels_jobs_that_do_not_leave_and_leaves_those_behind_that_cannot()
    {
        (_worker.Jobs.IsEndingOnDrain, _worker.Jobs.IsEndingOnCancel) = (false, false);
        _worker.Start();
        var run = _worker.Begin("AJ_1");
        var drain = _worker.Drain(TimeSpan.FromSeconds(5));
        _worker.Advance(19.9);
        run.Should().BeEquivalentTo(new { IsToldToDrain = true, IsCancelled = false });

        _worker.Advance(0.2);
        run.IsCancelled.Should().BeTrue();
        drain.IsCompleted.Should().BeFalse();
        _worker.Advance(10);

        drain.IsCompletedSuccessfully.Should().BeTrue();
        _worker.Running.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Is_shortened_by_a_second_call_and_not_prolonged_by_a_third()
    {
        _worker.Start();
        var run = _worker.Begin("AJ_1");
        var first = _worker.Drain();

        _worker.Drain(TimeSpan.FromSeconds(5));
        _worker.Drain(TimeSpan.FromSeconds(500));
        _worker.Advance(5.1);

        run.IsToldToDrain.Should().BeTrue();
        first.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Goes_on_while_the_server_is_away()
    {
        _worker.Start();
        var run = _worker.Begin("AJ_1");
        _worker.Server.Refusal = new WorkerConnectionException("nobody there");
        var drain = _worker.Drain();

        _worker.Break().Advance(30);
        drain.IsCompleted.Should().BeFalse();
        _worker.End(run);

        drain.IsCompletedSuccessfully.Should().BeTrue();
        _worker.Running.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Tells_a_server_that_it_finds_again_that_it_is_full()
    {
        _worker.Start().Begin("AJ_1");
        _worker.Drain();

        _worker.Break().Advance(0.1);

        _worker.Server.Sockets.Should().HaveCount(2);
        _worker.Statuses.Should().OnlyContain(status => status.Status == WorkerStatus.WsFull);
        _worker.Worker.State.Should().BeEquivalentTo(new { Phase = WorkerPhase.Draining, IsConnected = true });
    }

    [Test]
    public void Is_skipped_by_the_token()
    {
        _worker.Start();
        var run = _worker.Begin("AJ_1");

        _worker.Cancel();

        run.IsCancelled.Should().BeTrue();
        _worker.Running.IsCompletedSuccessfully.Should().BeTrue();
        _worker.Reports[^1].Should().Be("AJ_1 JsFailed the host stopped");
    }

    private void KeepAlive(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _worker.Advance(1);
            _worker.Say(new ServerMessage { Pong = new WorkerPong() });
        }
    }
}

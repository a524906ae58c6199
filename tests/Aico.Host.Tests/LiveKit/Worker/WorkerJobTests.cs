using Aico.Host.LiveKit.Protocol;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Worker;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkerJobTests
{
    private readonly WorkerHarness _worker = new();

    [TearDown]
    public void End() => _worker.Dispose();

    [Test]
    public void Runs_an_assigned_job_and_says_how_it_goes()
    {
        _worker.Start();

        var run = _worker.Begin("AJ_1");

        run.Access.Url.AbsoluteUri.Should().Be("wss://livekit.example.com/base");
        run.Access.Token.Should().Be("token of AJ_1");
        _worker.Worker.State.ActiveJobs.Should().Equal("AJ_1");
        _worker.Statuses[^1].JobCount.Should().Be(1);
        _worker.End(run);
        _worker.Reports.Should().Equal("AJ_1 JsRunning", "AJ_1 JsSuccess");
        _worker.Worker.State.ActiveJobs.Should().BeEmpty();
        _worker.Statuses[^1].JobCount.Should().Be(0);
    }

    [Test]
    public void Joins_where_the_assignment_says()
    {
        _worker.Start().Offer("AJ_1");

        _worker.Say(new ServerMessage { Assignment = new JobAssignment { Job = new Job { Id = "AJ_1" }, Url = "wss://other.example.com", Token = "t" } });

        _worker.Jobs.Runs["AJ_1"].Access.Url.Host.Should().Be("other.example.com");
    }

    [Test]
    public void Says_why_a_job_failed()
    {
        _worker.Start();

        _worker.End(_worker.Begin("AJ_1"), "no provider");

        _worker.Reports.Should().Equal("AJ_1 JsRunning", "AJ_1 JsFailed no provider");
    }

    [Test]
    public void Survives_a_job_that_throws_and_repeats_nothing_of_its_message()
    {
        _worker.Start();
        var run = _worker.Begin("AJ_1");

        run.Ending.SetException(new InvalidOperationException("the key is hush"));
        _worker.Advance(0);

        _worker.Reports[^1].Should().Be("AJ_1 JsFailed the agent failed (InvalidOperationException)");
        _worker.Begin("AJ_2").Should().NotBeNull();
    }

    [Test]
    public void Ends_the_job_that_the_server_ends_and_no_other()
    {
        _worker.Start();
        var ended = _worker.Begin("AJ_1");
        var other = _worker.Begin("AJ_2");

        _worker.Terminate("AJ_1").Terminate("AJ_9");

        ended.IsCancelled.Should().BeTrue();
        other.IsCancelled.Should().BeFalse();
        _worker.Worker.State.ActiveJobs.Should().Equal("AJ_2");
        _worker.Reports[^1].Should().Be("AJ_1 JsSuccess");
    }

    [Test]
    public void Is_full_while_all_places_are_taken()
    {
        _worker.Options = _worker.Options with { Places = 1 };
        _worker.Start();
        var run = _worker.Begin("AJ_1");
        _worker.Statuses[^1].Status.Should().Be(WorkerStatus.WsFull);

        _worker.End(run);

        _worker.Statuses[^1].Status.Should().Be(WorkerStatus.WsAvailable);
    }

    [Test]
    public void Tells_changes_at_once_but_measures_only_in_its_interval()
    {
        _worker.Start();
        var measurements = _worker.Load.Measurements;

        _worker.End(_worker.Begin("AJ_1"));

        _worker.Statuses.Should().HaveCountGreaterThan(1);
        _worker.Load.Measurements.Should().Be(measurements);
    }
}

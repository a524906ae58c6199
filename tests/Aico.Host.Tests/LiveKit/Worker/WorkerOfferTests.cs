using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Worker;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Worker;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkerOfferTests
{
    private readonly WorkerHarness _worker = new();

    [TearDown]
    public void End() => _worker.Dispose();

    [Test]
    public void Accepts_as_the_agent_of_the_job()
    {
        _worker.Jobs.Consider = (_, _) => ValueTask.FromResult(
            new JobAnswer(Attributes: new Dictionary<string, string> { ["lk.agent.state"] = "initializing", ["lk.agent.name"] = "somebody else" }));
        _worker.Start();

        _worker.Offer("AJ_1");

        _worker.Answers.Single().Should().Be(new AvailabilityResponse
        {
            JobId = "AJ_1",
            Available = true,
            ParticipantIdentity = "agent-AJ_1",
            ParticipantAttributes = { ["lk.agent.state"] = "initializing", ["lk.agent.name"] = "aico" },
        });
    }

    [Test]
    public void Shows_the_handler_the_whole_job()
    {
        _worker.Start().Offer("AJ_1");

        _worker.Jobs.Considered.Single().Should().BeEquivalentTo(new RoomJob
        {
            Id = "AJ_1",
            Metadata = "metadata of AJ_1",
            AgentName = "aico",
            DispatchId = "AD_1",
            IsRecordingWanted = true,
            RoomName = "demo",
            RoomSid = "RM_1",
            RoomMetadata = "about the room",
            Attributes = new Dictionary<string, string> { ["organization"] = "acme" },
        });
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Refuses_what_the_handler_refuses(bool endsJob)
    {
        _worker.Jobs.Consider = (_, _) => ValueTask.FromResult(new JobAnswer("not for us", endsJob));
        _worker.Start().Offer("AJ_1");

        _worker.Answers.Single().Should().Be(new AvailabilityResponse { JobId = "AJ_1", Available = false, Terminate = endsJob });
        NoPlaceIsTaken();
    }

    [Test]
    public void Refuses_where_the_handler_fails_and_serves_on()
    {
        _worker.Jobs.Consider = (job, _) => job.Id == "AJ_1" ? throw new InvalidOperationException() : ValueTask.FromResult(JobAnswer.Accept);
        _worker.Start().Offer("AJ_1").Offer("AJ_2");

        _worker.Answers.Select(answer => answer.Available).Should().Equal(false, true);
    }

    [Test]
    public void Answers_in_time_also_where_the_handler_does_not()
    {
        _worker.Jobs.Consider = async (_, _) => await new TaskCompletionSource<JobAnswer>().Task;
        _worker.Start().Offer("AJ_1").Advance(4.9);
        _worker.Answers.Should().BeEmpty();

        _worker.Advance(0.2);

        _worker.Answers.Single().Available.Should().BeFalse();
        NoPlaceIsTaken();
    }

    [Test]
    public void Accepts_no_more_than_it_has_places_for_however_fast_they_come()
    {
        var decision = new TaskCompletionSource<JobAnswer>();
        _worker.Jobs.Consider = async (_, _) => await decision.Task;
        _worker.Start();
        for (var i = 0; i < 50; i++)
        {
            _worker.Socket.Say(new ServerMessage { Availability = new AvailabilityRequest { Job = new Job { Id = $"AJ_{i}" } } });
        }

        _worker.Advance(0.1);
        _worker.Worker.State.ReservedPlaces.Should().Be(10);
        decision.SetResult(JobAnswer.Accept);
        _worker.Advance(0.1);

        _worker.Answers.Count(answer => answer.Available).Should().Be(10);
        _worker.Answers.Count(answer => !answer.Available).Should().Be(40);
        _worker.Statuses[^1].Should().Be(new UpdateWorkerStatus { Status = WorkerStatus.WsFull, Load = 0, JobCount = 10 });
    }

    [Test]
    public void Keeps_the_limit_that_the_handler_names()
    {
        _worker.Jobs.Consider = (job, _) => ValueTask.FromResult(JobAnswer.Accept with { Limit = (job.Id[3] < '5' ? "acme" : "other", 2) });
        _worker.Start();
        var first = _worker.Begin("AJ_1");
        _worker.Offer("AJ_2").Offer("AJ_3").Offer("AJ_5");
        _worker.Answers.Select(answer => answer.Available).Should().Equal(true, true, false, true);

        _worker.End(first);
        _worker.Offer("AJ_4");

        _worker.Answers[^1].Available.Should().BeTrue("the place of the first is free again");
    }

    [Test]
    public void Refuses_where_the_load_is_too_high()
    {
        _worker.Load.Load = 0.8;
        _worker.Start().Offer("AJ_1");

        _worker.Answers.Single().Available.Should().BeFalse();
        _worker.Jobs.Considered.Should().BeEmpty();
    }

    [Test]
    public void Refuses_a_job_that_it_has()
    {
        _worker.Start().Begin("AJ_1");

        _worker.Offer("AJ_1");

        _worker.Answers.Select(answer => answer.Available).Should().Equal(true, false);
        _worker.Worker.State.ActiveJobs.Should().Equal("AJ_1");
    }

    [Test]
    public void Gives_the_place_back_where_no_assignment_comes_and_refuses_it_later()
    {
        _worker.Options = _worker.Options with { Places = 1 };
        _worker.Start().Offer("AJ_1").Advance(7.4);
        _worker.Worker.State.ReservedPlaces.Should().Be(1);

        _worker.Advance(0.2);
        NoPlaceIsTaken();
        _worker.Assign("AJ_1");

        _worker.Reports.Should().Equal("AJ_1 JsFailed not assigned within 7.5 s", "AJ_1 JsFailed the assignment came too late");
        _worker.Jobs.Runs.Should().BeEmpty();
        _worker.Begin("AJ_2").Should().NotBeNull();
    }

    [Test]
    public void Reports_an_assignment_that_nobody_waits_for()
    {
        _worker.Start().Assign("AJ_9");

        _worker.Reports.Should().Equal("AJ_9 JsFailed the assignment came too late");
    }

    [Test]
    public void Forgets_offers_whose_connection_broke()
    {
        _worker.Start().Offer("AJ_1").Break().Advance(0);

        NoPlaceIsTaken();
        _worker.Server.Sockets.Should().HaveCount(2);
        _worker.Reports.Should().BeEmpty();
    }

    [Test]
    public void Forgets_an_offer_that_the_server_takes_back()
    {
        _worker.Start().Offer("AJ_1").Terminate("AJ_1");

        NoPlaceIsTaken();
    }

    private void NoPlaceIsTaken()
    {
        _worker.Advance(0);
        _worker.Worker.State.Should().BeEquivalentTo(new { ReservedPlaces = 0, ActiveJobs = Array.Empty<string>() });
        _worker.Statuses[^1].JobCount.Should().Be(0);
    }
}

using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Worker;
using Aico.Testing.LiveKit;
using Settings = Aico.Host.Tests.LiveKit.Access.Settings;

namespace Aico.Host.Tests.LiveKit.Worker;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkerConnectionTests
{
    private readonly WorkerHarness _worker = new();

    [TearDown]
    public void End() => _worker.Dispose();

    [Test]
    public async Task Registers_at_once_under_its_name_with_what_an_agent_needs()
    {
        _worker.Options = _worker.Options with { Kind = JobKind.Participant, Version = "0.1.0" };

        _worker.Start();

        var (at, url, token) = _worker.Server.Attempts.Single();
        at.Should().Be(TimeSpan.Zero);
        url.AbsoluteUri.Should().Be("wss://livekit.example.com/base/agent");
        var check = await new TokenVerifier(Settings.For("ws://localhost"), _worker.Time).VerifyAsync(token);
        check.Claims!.Video.Should().Be(new VideoGrant { Agent = true });
        _worker.Socket.Sent[0].Register.Should().Be(new RegisterWorkerRequest
        {
            Type = JobType.JtParticipant,
            AgentName = "aico",
            Version = "0.1.0",
            AllowedPermissions = new ParticipantPermission
            {
                CanSubscribe = true,
                CanPublish = true,
                CanPublishData = true,
                CanUpdateMetadata = true,
                Agent = true,
            },
        });
        _worker.Worker.State.Should().BeEquivalentTo(new
        {
            Phase = WorkerPhase.Registered,
            IsConnected = true,
            WorkerId = "AW_1",
            ServerVersion = "1.9.1",
            LastError = (string?)null,
        });
    }

    [Test]
    public void Tells_load_and_jobs_when_registered_and_every_two_and_a_half_seconds()
    {
        _worker.Load.Load = 0.25;
        _worker.Start().Advance(5.1);

        _worker.Statuses.Should().Equal(Enumerable.Repeat(new UpdateWorkerStatus { Status = WorkerStatus.WsAvailable, Load = 0.25f, JobCount = 0 }, 3));
    }

    [TestCase(0.69, WorkerStatus.WsAvailable)]
    [TestCase(0.7, WorkerStatus.WsFull)]
    public void Is_full_from_the_threshold_on(double load, WorkerStatus status)
    {
        _worker.Start();
        _worker.Load.Load = load;

        _worker.Advance(2.5);

        _worker.Statuses[^1].Status.Should().Be(status);
        _worker.Worker.State.IsFull.Should().Be(status == WorkerStatus.WsFull);
    }

    [Test]
    public void Tries_again_at_once_and_then_with_pauses_up_to_ten_seconds()
    {
        _worker.Server.Refusal = new WorkerConnectionException("nobody there");

        _worker.Start().Advance(51);

        _worker.Server.Attempts.Select(attempt => attempt.At.TotalSeconds).Should().Equal(0, 0, 2, 6, 12, 20, 30, 40, 50);
        _worker.Worker.State.Should().BeEquivalentTo(new { Phase = WorkerPhase.Connecting, IsConnected = false, LastError = "nobody there" });
    }

    [Test]
    public void Begins_the_pauses_anew_after_it_was_registered()
    {
        _worker.Server.Refusal = new WorkerConnectionException("nobody there");
        _worker.Start().Advance(25);
        _worker.Server.Refusal = null;
        _worker.Advance(10);
        var attempts = _worker.Server.Attempts.Count;

        _worker.Break().Advance(0);

        _worker.Server.Attempts.Should().HaveCount(attempts + 1);
        _worker.Worker.State.LastError.Should().BeNull();
    }

    [Test]
    public void Asks_slowly_where_the_key_is_refused_and_says_so()
    {
        _worker.Server.Refusal = new WorkerConnectionException("wrong key", isRefused: true);

        _worker.Start().Advance(61);

        _worker.Server.Attempts.Select(attempt => attempt.At.TotalSeconds).Should().Equal(0, 30, 60);
        _worker.Worker.State.LastError.Should().Be("wrong key");
    }

    [Test]
    public void Gives_up_a_connection_that_does_not_come_about()
    {
        _worker.Server.IsUnreachable = true;

        _worker.Start().Advance(9.9);
        _worker.Server.Attempts.Should().HaveCount(1);
        _worker.Advance(0.2);

        _worker.Server.Attempts.Should().HaveCount(2);
        _worker.Worker.State.LastError.Should().Be("the LiveKit server cannot be reached within 10 s");
    }

    [Test]
    public void Gives_up_a_registration_that_is_not_answered()
    {
        _worker.Server.IsRegistering = false;

        _worker.Start().Advance(10.1);

        _worker.Server.Sockets[0].IsDisposed.Should().BeTrue();
        _worker.Server.Attempts.Should().HaveCount(2);
        _worker.Worker.State.Phase.Should().Be(WorkerPhase.Connecting);
        _worker.Worker.State.LastError.Should().Contain("did not answer the registration");
    }

    [Test]
    public void Pings_and_takes_silence_for_the_end_of_the_connection()
    {
        _worker.Start().Advance(29.9);
        _worker.Socket.Of(message => message.Ping).Should().HaveCount(2);
        _worker.Server.Sockets.Should().HaveCount(1);

        _worker.Advance(0.2);

        _worker.Server.Sockets.Should().HaveCount(2);
        _worker.Server.Sockets[0].IsDisposed.Should().BeTrue();
        _worker.Worker.State.IsConnected.Should().BeTrue();
    }

    [Test]
    public void Stays_while_pings_are_answered()
    {
        _worker.Start();
        for (var i = 0; i < 10; i++)
        {
            _worker.Advance(10);
            _worker.Say(new ServerMessage { Pong = new WorkerPong() });
        }

        _worker.Server.Sockets.Should().HaveCount(1);
    }

    [Test]
    public void Gives_up_a_server_that_takes_nothing_any_more()
    {
        _worker.Start();
        _worker.Socket.IsStuck = true;

        _worker.Advance(30.1);

        _worker.Server.Sockets.Should().HaveCount(2);
    }

    [Test]
    public void Comes_back_with_its_running_jobs_and_tells_what_ended_meanwhile()
    {
        _worker.Start();
        var ended = _worker.Begin("AJ_1");
        var failed = _worker.Begin("AJ_2");
        var running = _worker.Begin("AJ_3");
        _worker.Server.Refusal = new WorkerConnectionException("nobody there");
        _worker.Break().Advance(1);

        _worker.End(ended);
        _worker.End(failed, "no provider");
        _worker.Server.Refusal = null;
        _worker.Advance(10);

        running.Ending.Task.IsCompleted.Should().BeFalse();
        _worker.Server.Sockets.Should().HaveCount(2);
        _worker.Socket.Sent[0].Register.Should().NotBeNull();
        _worker.Socket.Of(message => message.MigrateJob).Single().JobIds.Should().Equal("AJ_3");
        _worker.Reports.Should().Equal("AJ_1 JsSuccess", "AJ_2 JsFailed no provider");
        _worker.Statuses[^1].JobCount.Should().Be(1);
    }

    [Test]
    public void Reads_on_after_a_message_that_it_does_not_know()
    {
        _worker.Start();

        _worker.Say(new ServerMessage());
        _worker.Offer("AJ_1");

        _worker.Answers.Should().ContainSingle();
    }

    [Test]
    public void Asks_for_a_simulated_job()
    {
        _worker.Worker.TrySimulate("demo").Should().BeFalse();
        _worker.Start();

        _worker.Worker.TrySimulate("demo").Should().BeTrue();
        _worker.Advance(0);

        _worker.Socket.Of(message => message.SimulateJob).Single().Room.Name.Should().Be("demo");
    }
}

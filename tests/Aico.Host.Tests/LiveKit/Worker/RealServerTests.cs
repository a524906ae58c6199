using Aico.Abstractions.Plugins;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Worker;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Worker;

/// <summary>The same against a real livekit-server: run by hand, with LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET set.</summary>
[Explicit("Needs a livekit-server.")]
[Category("Network")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RealServerTests
{
    private readonly SocketsHttpHandler _http = new();
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly LiveKitSettings _settings = LiveKitSettings.FromEnvironment(Environment.GetEnvironmentVariable)
        ?? throw new InvalidOperationException("LIVEKIT_URL is not set.");

    private LiveKitApi Api => new(_settings, _http, TimeProvider.System);

    private string Agent => "aico-" + _run;

    [TearDown]
    public void Stop() => _http.Dispose();

    [Test]
    public async Task Does_a_job_that_it_is_asked_for_by_name_and_ends_it_when_that_is_taken_back()
    {
        await using var worker = await StartAsync(Agent);

        var dispatch = await Api.Dispatches.CreateAsync(
            new CreateDispatchRequest { Room = "room-" + _run, AgentName = Agent, Metadata = "m" }, CancellationToken.None);
        var run = await worker.RunAsync();
        run.Job.Should().BeEquivalentTo(new { RoomName = "room-" + _run, AgentName = Agent, Metadata = "m", DispatchId = dispatch.Id });
        var token = await new TokenVerifier(_settings, TimeProvider.System).VerifyAsync(run.Access.Token);
        token.Claims.Should().BeEquivalentTo(new { Identity = "agent-" + run.Job.Id, Kind = "agent" });
        token.Claims!.Attributes.Should().Contain("lk.agent.name", Agent);
        token.Claims.Video.Should().BeEquivalentTo(new { CanPublish = true, CanSubscribe = true, CanPublishData = true, CanUpdateOwnMetadata = true });
        // Of the jobs it says nothing: livekit-server 1.13.5 listed none within two seconds of a job that ran.
        var listed = await Api.Dispatches.ListAsync("room-" + _run, dispatch.Id, CancellationToken.None);
        listed.Should().ContainSingle().Which.AgentName.Should().Be(Agent);

        await Api.Dispatches.DeleteAsync("room-" + _run, dispatch.Id, CancellationToken.None);
        await worker.WaitAsync(state => state.ActiveJobs.Count == 0);
        run.IsCancelled.Should().BeTrue();
        await Api.Rooms.DeleteRoomAsync("room-" + _run, CancellationToken.None);
    }

    [Test]
    public async Task Takes_every_room_where_it_has_no_name()
    {
        await using var worker = await StartAsync("");

        await Api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = "room-" + _run, Metadata = "about" }, CancellationToken.None);
        await worker.WaitAsync(_ => worker.Jobs.Runs.Values.Any(run => run.Job.RoomName == "room-" + _run));

        worker.Jobs.Runs.Values.Single(run => run.Job.RoomName == "room-" + _run).Job.RoomMetadata.Should().Be("about");
        await Api.Rooms.DeleteRoomAsync("room-" + _run, CancellationToken.None);
    }

    [Test]
    public async Task Runs_as_many_jobs_of_a_burst_as_it_has_places()
    {
        await using var worker = await StartAsync(Agent, places: 10);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = $"room-{_run}-{i}", AgentName = Agent }, CancellationToken.None)));
        await worker.WaitAsync(state => state.ActiveJobs.Count == 10);
        worker.Jobs.Considered.Count.Should().Be(10);
        foreach (var run in worker.Jobs.Runs.Values)
        {
            run.End();
        }

        await worker.WaitAsync(state => state.ActiveJobs.Count == 0);
        worker.Jobs.Runs.Should().HaveCount(10);
        for (var i = 0; i < 50; i++)
        {
            await Api.Rooms.DeleteRoomAsync($"room-{_run}-{i}", CancellationToken.None);
        }
    }

    [Test]
    public async Task Answers_pings_and_stays_connected()
    {
        await using var worker = await StartAsync(Agent, new WorkerOptions { PingInterval = TimeSpan.FromMilliseconds(500), SilenceLimit = TimeSpan.FromSeconds(2) });
        var first = worker.Worker.State.WorkerId;

        // Longer than the silence that ends a connection: only the server's pongs keep it.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System);

        worker.Worker.State.Should().BeEquivalentTo(new { WorkerId = first, IsConnected = true });
    }

    [Test]
    public async Task Says_that_its_key_is_refused()
    {
        await using var worker = new RunningWorker(_settings with { Secret = new Secret("another-secret-of-thirty-two-characters") }, new WorkerOptions());

        (await worker.WaitAsync(state => state.LastError is not null)).LastError.Should().Contain("(HTTP status 401)");
    }

    [Test]
    public async Task Makes_lists_changes_and_deletes_rooms()
    {
        var name = "room-" + _run;
        var made = await Api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = name, EmptyTimeout = 60 }, CancellationToken.None);
        made.Should().BeEquivalentTo(new { Name = name, EmptyTimeout = 60 });
        (await Api.Rooms.UpdateRoomMetadataAsync(name, "second", CancellationToken.None)).Metadata.Should().Be("second");
        (await Api.Rooms.ListRoomsAsync([name], CancellationToken.None)).Single().Sid.Should().Be(made.Sid);
        (await Api.Rooms.ListParticipantsAsync(name, CancellationToken.None)).Should().BeEmpty();
        await Api.Rooms.SendDataAsync(new SendDataRequest { Room = name, Data = [1], Topic = "t" }, CancellationToken.None);
        await Api.Rooms.DeleteRoomAsync(name, CancellationToken.None);

        var again = () => Api.Rooms.DeleteRoomAsync(name, CancellationToken.None);
        (await again.Should().ThrowAsync<TwirpException>()).Which.IsNotFound.Should().BeTrue();
    }

    private async Task<RunningWorker> StartAsync(string agent, WorkerOptions? options = null, int places = 50)
    {
        var worker = new RunningWorker(_settings, (options ?? new WorkerOptions()) with { AgentName = agent, Places = places });
        var state = await worker.RegisteredAsync();
        await TestContext.Out.WriteLineAsync($"{state.WorkerId} on livekit-server {state.ServerVersion}");
        return worker;
    }
}

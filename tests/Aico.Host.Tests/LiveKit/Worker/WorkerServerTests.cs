using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Worker;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Worker;

/// <summary>The worker and the API over real sockets, against the test server.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkerServerTests
{
    private readonly SocketsHttpHandler _http = new();
    private LiveKitTestServer _server = null!;
    private LiveKitSettings _settings = null!;
    private LiveKitApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await LiveKitTestServer.StartAsync();
        _settings = new LiveKitSettings { Url = _server.Url, Key = _server.Tokens.Key, Secret = new Secret(_server.Tokens.Secret) };
        _api = new LiveKitApi(_settings, _http, TimeProvider.System);
    }

    [TearDown]
    public async Task Stop()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Does_a_job_that_it_is_asked_for_by_name()
    {
        await using var worker = Worker("aico");
        (await worker.RegisteredAsync()).WorkerId.Should().StartWith("AW_");

        var dispatch = await _api.Dispatches.CreateAsync(
            new CreateDispatchRequest { Room = "demo", AgentName = "aico", Metadata = "{\"organization\":\"acme\"}" }, CancellationToken.None);
        var run = await worker.RunAsync();

        run.Job.Should().BeEquivalentTo(new { RoomName = "demo", AgentName = "aico", Metadata = "{\"organization\":\"acme\"}", DispatchId = dispatch.Id });
        var token = await new TokenVerifier(_settings, TimeProvider.System).VerifyAsync(run.Access.Token);
        token.Claims.Should().BeEquivalentTo(new { Identity = "agent-" + run.Job.Id, Kind = "agent" });
        token.Claims!.Attributes.Should().Contain("lk.agent.name", "aico");
        token.Claims.Video.Should().BeEquivalentTo(new { Room = "demo", RoomJoin = true, CanPublish = true, CanUpdateOwnMetadata = true });
        var job = (await _api.Dispatches.ListAsync("demo", dispatch.Id, CancellationToken.None)).Single().State!.Jobs.Single();
        job.State!.Status.Should().Be("JS_RUNNING");
        run.End();
        await _server.WaitAsync(new JsonObject { ["type"] = "job_status", ["job"] = run.Job.Id, ["status"] = "JS_SUCCESS" });
    }

    [Test]
    public async Task Takes_every_room_where_it_has_no_name()
    {
        await using var worker = Worker("");
        await worker.RegisteredAsync();

        await _api.Rooms.CreateRoomAsync(new CreateRoomRequest { Name = "demo", Metadata = "about" }, CancellationToken.None);
        var run = await worker.RunAsync();

        run.Job.Should().BeEquivalentTo(new { RoomName = "demo", RoomMetadata = "about", AgentName = "" });
        run.End("no provider");
        await _server.WaitAsync(new JsonObject { ["type"] = "job_status", ["job"] = run.Job.Id, ["status"] = "JS_FAILED", ["error"] = "no provider" });
    }

    [Test]
    public async Task Is_asked_by_a_room_that_is_made_with_agents()
    {
        await using var worker = Worker("aico");
        await worker.RegisteredAsync();

        await _api.Rooms.CreateRoomAsync(
            new CreateRoomRequest { Name = "demo", Agents = [new RoomAgentDispatch { AgentName = "aico", Metadata = "m" }] }, CancellationToken.None);

        (await worker.RunAsync()).Job.Metadata.Should().Be("m");
    }

    [Test]
    public async Task Runs_as_many_jobs_of_a_burst_as_it_has_places()
    {
        await using var worker = Worker("aico", places: 10);
        await worker.RegisteredAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = $"room-{i}", AgentName = "aico" }, CancellationToken.None)));
        await worker.WaitAsync(state => state.ActiveJobs.Count == 10);
        for (var i = 0; i < 50; i++)
        {
            // Each dispatch has come to its end: a job that runs, one that was refused, or none because the worker said that it is full.
            var room = $"room-{i}";
            if (worker.Jobs.Runs.Values.All(run => run.Job.RoomName != room))
            {
                var refused = _server.WaitAsync(new JsonObject { ["type"] = "job_status", ["room"] = room, ["status"] = "JS_FAILED" });
                var notOffered = _server.WaitAsync(new JsonObject { ["type"] = "job_without_worker", ["room"] = room, ["agentName"] = "aico" });
                await await Task.WhenAny(refused, notOffered);
            }
        }

        worker.Jobs.Runs.Should().HaveCount(10);
        worker.Worker.State.Should().BeEquivalentTo(new { ReservedPlaces = 0, IsFull = true });
    }

    [Test]
    public async Task Gives_up_a_job_that_is_never_assigned()
    {
        await _server.PostAsync("rules", new JsonObject { ["at"] = "agent", ["what"] = "assignment", ["drop"] = true, ["times"] = 1 });
        await using var worker = Worker("aico", places: 1);
        await worker.RegisteredAsync();

        await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = "lost", AgentName = "aico" }, CancellationToken.None);
        await _server.WaitAsync(new JsonObject { ["type"] = "job_status", ["room"] = "lost", ["status"] = "JS_FAILED" });
        await worker.WaitAsync(state => state.ReservedPlaces == 0);
        await _server.WaitAsync(new JsonObject { ["type"] = "worker_updated", ["status"] = "WS_AVAILABLE" });

        worker.Jobs.Runs.Should().BeEmpty();
    }

    [Test]
    public async Task Comes_back_after_its_socket_broke_with_the_job_that_runs()
    {
        await using var worker = Worker("aico");
        var first = await worker.RegisteredAsync();
        await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = "demo", AgentName = "aico" }, CancellationToken.None);
        var run = await worker.RunAsync();

        await _server.PostAsync($"workers/{first.WorkerId}/drop");
        var second = await worker.WaitAsync(state => state.IsConnected && state.WorkerId != first.WorkerId);

        second.ActiveJobs.Should().Equal(run.Job.Id);
        run.IsCancelled.Should().BeFalse();
        var migrated = await _server.WaitAsync(new JsonObject { ["type"] = "worker_migrate", ["worker"] = second.WorkerId });
        migrated["jobs"]!.AsArray().Select(id => (string)id!).Should().Equal(run.Job.Id);
    }

    [Test]
    public async Task Leaves_a_connection_that_is_half_open()
    {
        await using var worker = Worker("aico", pings: TimeSpan.FromMilliseconds(500), silence: TimeSpan.FromSeconds(1.2));
        var first = await worker.RegisteredAsync();

        await _server.PostAsync($"workers/{first.WorkerId}/freeze");
        await worker.WaitAsync(state => state.IsConnected && state.WorkerId != first.WorkerId);
    }

    [Test]
    public async Task Ends_a_job_whose_dispatch_is_taken_back()
    {
        await using var worker = Worker("aico");
        await worker.RegisteredAsync();
        var dispatch = await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = "demo", AgentName = "aico" }, CancellationToken.None);
        var run = await worker.RunAsync();

        await _api.Dispatches.DeleteAsync("demo", dispatch.Id, CancellationToken.None);

        await worker.WaitAsync(state => state.ActiveJobs.Count == 0);
        run.IsCancelled.Should().BeTrue();
    }

    [Test]
    public async Task Takes_no_job_while_it_drains_and_tells_how_the_last_one_ended()
    {
        await using var worker = Worker("aico");
        await worker.RegisteredAsync();
        await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = "demo", AgentName = "aico" }, CancellationToken.None);
        var run = await worker.RunAsync();

        var drain = worker.Worker.DrainAsync();
        await _server.WaitAsync(new JsonObject { ["type"] = "worker_updated", ["status"] = "WS_FULL" });
        await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = "late", AgentName = "aico" }, CancellationToken.None);
        await _server.WaitAsync(new JsonObject { ["type"] = "job_without_worker", ["room"] = "late", ["agentName"] = "aico" });
        drain.IsCompleted.Should().BeFalse();
        run.End();
        await drain;

        await _server.WaitAsync(new JsonObject { ["type"] = "job_status", ["job"] = run.Job.Id, ["status"] = "JS_SUCCESS" });
        await _server.WaitAsync(new JsonObject { ["type"] = "worker_closed" });
    }

    [Test]
    public async Task Says_that_its_key_is_refused_and_goes_on_asking()
    {
        await using var worker = new RunningWorker(_settings with { Secret = new Secret("another-secret-of-thirty-two-characters") }, new WorkerOptions());

        var state = await worker.WaitAsync(state => state.LastError is not null);

        state.LastError.Should().StartWith("the LiveKit server refuses LIVEKIT_API_KEY and LIVEKIT_API_SECRET (HTTP status 401)");
        state.Phase.Should().Be(WorkerPhase.Connecting);
    }

    [Test]
    public async Task Says_that_nobody_is_there()
    {
        await using var worker = new RunningWorker(_settings with { Url = new Uri("ws://127.0.0.1:1") }, new WorkerOptions());

        (await worker.WaitAsync(state => state.LastError is not null)).LastError.Should().StartWith("the LiveKit server cannot be reached");
    }

    [Test]
    public async Task Hands_a_token_on_as_it_came()
    {
        await _server.PostAsync("rules", new JsonObject { ["at"] = "agent", ["what"] = "assignment", ["forge"] = true });
        await using var worker = Worker("aico");
        await worker.RegisteredAsync();

        await _api.Dispatches.CreateAsync(new CreateDispatchRequest { Room = "demo", AgentName = "aico" }, CancellationToken.None);

        // Only the server of the room can judge it: it may have been signed with a key that this host does not know.
        var check = await new TokenVerifier(_settings, TimeProvider.System).VerifyAsync((await worker.RunAsync()).Access.Token);
        check.Claims.Should().BeNull();
    }

    private RunningWorker Worker(string name, int places = 5, TimeSpan? pings = null, TimeSpan? silence = null)
    {
        var options = new WorkerOptions { AgentName = name, Places = places };
        return new RunningWorker(_settings, options with { PingInterval = pings ?? options.PingInterval, SilenceLimit = silence ?? options.SilenceLimit });
    }
}

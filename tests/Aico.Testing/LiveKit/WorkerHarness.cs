using Aico.Abstractions.Plugins;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.LiveKit;

/// <summary>A worker under a manual clock with a scripted server and scripted jobs.</summary>
internal sealed class WorkerHarness : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private AgentWorker? _worker;

    public WorkerHarness() => Server = new ScriptedWorkerServer(Time);

    public VirtualTime Time { get; } = new();

    public ScriptedWorkerServer Server { get; }

    public ScriptedJobHandler Jobs { get; } = new();

    public ScriptedLoad Load { get; } = new();

    public WorkerOptions Options { get; set; } = new() { AgentName = "aico", Places = 10 };

    public AgentWorker Worker => _worker ??= new AgentWorker(
        new LiveKitSettings { Url = new Uri("https://livekit.example.com/base"), Key = "devkey", Secret = new Secret("a-secret-of-thirty-two-characters-or-more") },
        Options,
        Jobs,
        Server,
        [Load],
        Time,
        NullLoggerFactory.Instance);

    public Task Running { get; private set; } = Task.CompletedTask;

    public ScriptedWorkerSocket Socket => Server.Socket;

    public IReadOnlyList<AvailabilityResponse> Answers => Socket.Of(message => message.Availability);

    public IReadOnlyList<UpdateWorkerStatus> Statuses => Socket.Of(message => message.UpdateWorker);

    /// <summary>"AJ_1 JsFailed why".</summary>
    public IReadOnlyList<string> Reports => [.. Socket.Of(message => message.UpdateJob).Select(update => $"{update.JobId} {update.Status} {update.Error}".Trim())];

    public WorkerHarness Start()
    {
        var worker = Worker;
        Running = Time.Start(async () =>
        {
            await worker.RunAsync(_cancellation.Token);
            return true;
        });
        return this;
    }

    public WorkerHarness Advance(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        return this;
    }

    public WorkerHarness Offer(string id)
    {
        Say(new ServerMessage { Availability = new AvailabilityRequest { Job = Job(id) } });
        return this;
    }

    public WorkerHarness Assign(string id)
    {
        Say(new ServerMessage { Assignment = new JobAssignment { Job = Job(id), Token = "token of " + id } });
        return this;
    }

    /// <summary>Offers and assigns.</summary>
    public ScriptedJobHandler.Run Begin(string id)
    {
        Offer(id).Assign(id);
        return Jobs.Runs[id];
    }

    public WorkerHarness Terminate(string id)
    {
        Say(new ServerMessage { Termination = new JobTermination { JobId = id } });
        return this;
    }

    public void Say(ServerMessage message)
    {
        Socket.Say(message);
        Time.RunUntilIdle();
    }

    public void End(ScriptedJobHandler.Run run, string? error = null)
    {
        run.End(error);
        Time.RunUntilIdle();
    }

    public WorkerHarness Break()
    {
        Socket.Break();
        Time.RunUntilIdle();
        return this;
    }

    public Task Drain(TimeSpan? patience = null) => Time.Start(async () =>
    {
        await Worker.DrainAsync(patience);
        return true;
    });

    public void Cancel()
    {
        // On the pump: what cancellation starts must stay under the clock.
        Time.Start(() =>
        {
            _cancellation.Cancel();
            return Task.FromResult(true);
        });
        Time.Advance(TimeSpan.Zero);
    }

    public void Dispose()
    {
        if (!Running.IsCompleted)
        {
            Jobs.IsEndingOnCancel = true;
            Cancel();
            Advance(60);
            Running.IsCompleted.Should().BeTrue("a cancelled worker ends");
        }

        _worker?.Dispose();
        _cancellation.Dispose();
    }

    private static Job Job(string id) => new()
    {
        Id = id,
        Metadata = "metadata of " + id,
        AgentName = "aico",
        DispatchId = "AD_1",
        EnableRecording = true,
        Room = new Room { Sid = "RM_1", Name = "demo", Metadata = "about the room" },
        Attributes = { ["organization"] = "acme" },
    };
}

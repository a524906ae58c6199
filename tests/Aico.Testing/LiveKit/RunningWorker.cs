using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.LiveKit;

/// <summary>A worker on real sockets and in real time, with scripted jobs.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    // A signal that does not come is the failure: this bounds only how long a red test takes.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly SemaphoreSlim _changed = new(0);
    private readonly Task _running;

    public RunningWorker(LiveKitSettings settings, WorkerOptions options)
    {
        Worker = new AgentWorker(settings, options, Jobs, new WebSocketDialer(), [Load], TimeProvider.System, NullLoggerFactory.Instance);
        Worker.StateChanged += _ => _changed.Release();
        Jobs.RunBegan += () => _changed.Release();
        _running = Worker.RunAsync(_cancellation.Token);
    }

    public AgentWorker Worker { get; }

    public ScriptedJobHandler Jobs { get; } = new();

    public ScriptedLoad Load { get; } = new();

    public async Task<WorkerState> WaitAsync(Func<WorkerState, bool> condition)
    {
        using var patience = new CancellationTokenSource(Bound);
        while (true)
        {
            var state = Worker.State;
            if (condition(state))
            {
                return state;
            }

            await _changed.WaitAsync(patience.Token);
        }
    }

    public Task<WorkerState> RegisteredAsync() => WaitAsync(state => state is { Phase: WorkerPhase.Registered, IsConnected: true });

    /// <summary>The run of the job that is there first.</summary>
    public async Task<ScriptedJobHandler.Run> RunAsync(int count = 1)
    {
        await WaitAsync(_ => Jobs.Runs.Count >= count);
        return Jobs.Runs.Values.First();
    }

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync();
        await _running.WaitAsync(Bound);
        Worker.Dispose();
        _cancellation.Dispose();
        _changed.Dispose();
    }
}

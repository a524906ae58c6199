namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// A job from its offer to its end; <see cref="WorkerJobs"/> owns it. What completes here runs what waits for it on the spot: handing
/// over to the thread pool would leave a virtual clock (ADR 0006).
/// </summary>
internal sealed class WorkerJob(RoomJob job) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new();
    private volatile bool _isRunning;
    private volatile bool _isTerminated;

    public RoomJob Job => job;

    /// <summary>Completes with the way into the room.</summary>
    public TaskCompletionSource<JobAccess> Assignment { get; } = new();

    public bool IsRunning { get => _isRunning; set => _isRunning = value; }

    /// <summary>The server has ended it: how it ends here concerns nobody.</summary>
    public bool IsTerminated { get => _isTerminated; set => _isTerminated = value; }

    /// <summary>The limit that it counts towards beside the host's; guarded by <see cref="JobPlaces"/>.</summary>
    public string? LimitKey { get; set; }

    public CancellationToken Stopping => _stop.Token;

    /// <summary>Completes when its place is free again; never fails.</summary>
    public Task Ended => _ended.Task;

    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this very moment.
        }
    }

    /// <summary>It is over.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _ended.TrySetResult();
    }
}

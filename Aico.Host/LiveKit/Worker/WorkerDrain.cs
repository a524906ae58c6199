using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// The end of a worker, in order: no more jobs, patience, goodbyes, cancellation, and then <see cref="Finished"/>, at which
/// <see cref="AgentWorker.RunAsync"/> sends what is left to say and closes the connection.
/// </summary>
internal sealed class WorkerDrain(WorkerJobs jobs, JobPlaces places, WorkerOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _finished = new();
    private readonly CancellationTokenSource _atOnce = new();
    private readonly CancellationTokenSource _patience = new(Timeout.InfiniteTimeSpan, time);
    private Task? _draining;
    private long _deadline;

    public CancellationToken Finished => _finished.Token;

    public bool IsDraining
    {
        get
        {
            lock (_lock)
            {
                return _draining is not null;
            }
        }
    }

    /// <summary>Starts it, or shortens the patience of the one that is under way; completes when the jobs are over.</summary>
    public Task StartAsync(TimeSpan patience)
    {
        lock (_lock)
        {
            var deadline = time.GetTimestamp() + (long)(patience.TotalSeconds * time.TimestampFrequency);
            if (_draining is null || deadline < _deadline)
            {
                _deadline = deadline;
                _patience.CancelAfter(patience);
            }

            if (_draining is null)
            {
                places.Close();
                logger.Draining(places.All.Count, patience);
                _draining = DrainAsync();
            }

            return _draining;
        }
    }

    /// <summary>The same without patience and goodbyes.</summary>
    public Task StopAsync()
    {
        _atOnce.Cancel();
        return StartAsync(TimeSpan.Zero);
    }

    public void Dispose()
    {
        _patience.Dispose();
        _atOnce.Dispose();
        _finished.Dispose();
    }

    private async Task DrainAsync()
    {
        // Out of the lock that the caller holds.
        await Task.Yield();
        if (!await EndAsync(_patience.Token) && !await EndAfterGoodbyeAsync())
        {
            jobs.StopAll();
            using var stopping = new CancellationTokenSource(options.StopTimeout, time);
            if (!await EndAsync(stopping.Token))
            {
                logger.LeftBehind(places.All.Count);
            }
        }

        _finished.Cancel();
    }

    private async Task<bool> EndAfterGoodbyeAsync()
    {
        if (_atOnce.IsCancellationRequested)
        {
            return false;
        }

        jobs.SayGoodbye();
        using var goodbye = new CancellationTokenSource(options.GoodbyeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(goodbye.Token, _atOnce.Token);
        return await EndAsync(either.Token);
    }

    /// <summary>False: some job still runs when the token is cancelled.</summary>
    private async Task<bool> EndAsync(CancellationToken until)
    {
        try
        {
            await Task.WhenAll(places.All.Select(job => job.Ended)).WaitAsync(until);
            return true;
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            return false;
        }
    }
}

using Aico.Abstractions;

namespace Aico.Plugins.Moonshine;

/// <summary>
/// Runs decodes on threads of its own: one takes hundreds of milliseconds, which the thread pool's other users would have to wait.
/// The constructor starts the threads, <see cref="Dispose"/> stops them; an error of a decode goes to whoever asked for it.
/// </summary>
internal sealed class DecodeScheduler : IDisposable
{
    private readonly int _workers;
    private readonly int _limitPerOrganization;

    // An object and not a Lock, because workers wait on it.
    private readonly object _gate = new();
    private readonly DecodeQueue<DecodeJob> _queue;
    private readonly List<DecodeJob> _running = [];
    private bool _disposed;

    public DecodeScheduler(int workers, int limitPerOrganization)
    {
        _workers = workers;
        _limitPerOrganization = limitPerOrganization;
        _queue = new(limitPerOrganization);
        for (var i = 1; i <= workers; i++)
        {
            new Thread(Work) { IsBackground = true, Name = $"moonshine {i}" }.Start();
        }
    }

    /// <summary>True when a worker has nothing to do.</summary>
    public bool HasInterimHeadroom
    {
        get
        {
            lock (_gate)
            {
                return IdleWorkers > 0;
            }
        }
    }

    private int IdleWorkers => _workers - _running.Count - _queue.Count;

    /// <summary>
    /// Queues a decode and returns its result. A final one makes interim ones give way when no worker is idle; an interim one is
    /// refused unless a worker is idle.
    /// </summary>
    /// <exception cref="ProviderException">Refused, or pushed aside by a final one: <see cref="ProviderFailure.QuotaExceeded"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled. Thrown at once; the worker is free again soon after.</exception>
    public async Task<string> RunAsync(Func<CancellationToken, string> work, string organizationId, bool isInterim, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var job = new DecodeJob(work, isInterim, new CancellationTokenSource());
        Admit(job, organizationId);
        await using var registration = ct.UnsafeRegister((_, token) => Abandon(job, token), null);
        return await job.Result;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        List<DecodeJob> left;
        lock (_gate)
        {
            _disposed = true;
            left = [.. _running];
            while (_queue.TryTake(out var waiting))
            {
                left.Add(waiting);
            }

            Monitor.PulseAll(_gate);
        }

        foreach (var job in left)
        {
            job.GiveUp(Stopped());
        }
    }

    private void Admit(DecodeJob job, string organizationId)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw Stopped();
            }

            if (job.IsInterim)
            {
                if (IdleWorkers <= 0)
                {
                    throw InterimRefused();
                }

                _queue.AddInterim(job);
            }
            else if (!_queue.TryAddFinal(job, organizationId))
            {
                throw new ProviderException(
                    ProviderFailure.QuotaExceeded,
                    $"{_limitPerOrganization} utterances of organization {organizationId} already wait to be transcribed, the limit (maxQueuedPerOrganization): give Moonshine more processors or workers, or this organization fewer calls.");
            }

            Monitor.Pulse(_gate);

            // Workers whose job was given up are as good as idle.
            if (!job.IsInterim && IdleWorkers + _running.Count(running => running.IsGivenUp) < 0)
            {
                PushInterimAside();
            }
        }
    }

    private void PushInterimAside()
    {
        if (!_queue.TryTakeInterim(out var interim))
        {
            // The newest, which loses the least work.
            interim = _running.LastOrDefault(running => running.IsInterim && !running.IsGivenUp);
        }

        interim?.GiveUp(InterimRefused());
    }

    private void Abandon(DecodeJob job, CancellationToken ct)
    {
        lock (_gate)
        {
            _queue.Remove(job);
        }

        job.GiveUp(new OperationCanceledException(ct));
    }

    private void Work()
    {
        while (Next() is { } job)
        {
            job.Execute();
            lock (_gate)
            {
                _running.Remove(job);
            }

            // Only now: whoever gets the result must find the worker idle.
            job.Deliver();
        }
    }

    private DecodeJob? Next()
    {
        lock (_gate)
        {
            while (!_disposed)
            {
                if (_queue.TryTake(out var job))
                {
                    _running.Add(job);
                    return job;
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    private static ProviderException InterimRefused() => new(
        ProviderFailure.QuotaExceeded, "No worker of Moonshine is idle, and interim results give way to final ones.");

    private static ProviderException Stopped() => new(ProviderFailure.Unavailable, "Moonshine has been shut down on this host.");
}

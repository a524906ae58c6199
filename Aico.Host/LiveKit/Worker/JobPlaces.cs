using System.Diagnostics.CodeAnalysis;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// Who has a place: at most so many jobs in all, and so many of each further limit. A place is taken in one step, before anything is
/// promised to the server, and given back once. Safe from any thread.
/// </summary>
internal sealed class JobPlaces(int places)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WorkerJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _limits = new(StringComparer.Ordinal);
    private bool _isClosed;

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _isClosed || _jobs.Count >= places;
            }
        }
    }

    public IReadOnlyList<WorkerJob> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _jobs.Values];
            }
        }
    }

    /// <summary>No place is given any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>Null: it has a place now. Otherwise why it has none.</summary>
    public string? Take(WorkerJob job)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return "this host is shutting down";
            }

            if (_jobs.Count >= places)
            {
                return $"all {places} places of this host are taken";
            }

            return _jobs.TryAdd(job.Job.Id, job) ? null : "this host has the job already";
        }
    }

    /// <summary>Counts a job that has a place towards a further limit; null where the limit is kept.</summary>
    public string? TakeLimit(WorkerJob job, (string Key, int Limit) limit)
    {
        lock (_lock)
        {
            var taken = _limits.GetValueOrDefault(limit.Key);
            if (taken >= limit.Limit)
            {
                return $"all {limit.Limit} places of {limit.Key} are taken";
            }

            _limits[limit.Key] = taken + 1;
            job.LimitKey = limit.Key;
            return null;
        }
    }

    public void Release(WorkerJob job)
    {
        lock (_lock)
        {
            _jobs.Remove(job.Job.Id);
            if (job.LimitKey is { } key && --_limits[key] == 0)
            {
                _limits.Remove(key);
            }

            job.LimitKey = null;
        }
    }

    public bool TryFind(string jobId, [NotNullWhen(true)] out WorkerJob? job)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(jobId, out job);
        }
    }
}

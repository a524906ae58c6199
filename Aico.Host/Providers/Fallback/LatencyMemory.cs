namespace Aico.Host.Providers.Fallback;

/// <summary>How long the latest first results of each provider took, over all calls of the host. Safe from any thread.</summary>
internal sealed class LatencyMemory
{
    /// <summary>With fewer a provider is not known well enough to be called slow.</summary>
    public const int Least = 20;

    private const int Most = 100;
    private const double Share = 0.95;

    // Organizations choose addresses and models freely; beyond it all are forgotten and learnt again.
    private const int MaximumSubjects = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<OutageKey, Queue<TimeSpan>> _latest = [];

    public void Add(HealthSubject subject, TimeSpan latency)
    {
        var key = OutageKey.Of(OutageScope.Model, subject);
        lock (_lock)
        {
            if (!_latest.TryGetValue(key, out var latest))
            {
                if (_latest.Count >= MaximumSubjects)
                {
                    _latest.Clear();
                }

                _latest[key] = latest = new Queue<TimeSpan>(Most);
            }

            if (latest.Count == Most)
            {
                latest.Dequeue();
            }

            latest.Enqueue(latency);
        }
    }

    /// <summary>What 95 of 100 results came within; null while too few are known.</summary>
    public TimeSpan? SlowAfter(HealthSubject subject)
    {
        TimeSpan[] latest;
        lock (_lock)
        {
            if (!_latest.TryGetValue(OutageKey.Of(OutageScope.Model, subject), out var known) || known.Count < Least)
            {
                return null;
            }

            latest = [.. known];
        }

        Array.Sort(latest);
        return latest[(int)Math.Ceiling(latest.Length * Share) - 1];
    }
}

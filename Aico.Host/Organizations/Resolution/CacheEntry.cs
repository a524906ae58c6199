using Aico.Host.Providers;

namespace Aico.Host.Organizations.Resolution;

/// <summary>What is kept of one agent of an organization. Readers take no lock.</summary>
internal sealed class CacheEntry
{
    private readonly Lock _lock = new();
    private volatile Kept? _kept;
    private Task<ResolvedOrganization?>? _refreshing;
    private int _refreshingGeneration;
    private int _generation;
    private int _renewed;
    private long _lastUsed;
    private long _failed;
    private long _staleSince;

    /// <summary>Grows with every change that the source tells of.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public ResolvedOrganization? Last => _kept?.Value;

    /// <summary>Timestamp of the last use.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>What is kept, where it may be used as it is.</summary>
    public ResolvedOrganization? Fresh(TimeProvider time, TimeSpan maximumAge, IReadOnlyList<ProviderDefinition> definitions)
    {
        if (_kept is not { } kept || kept.Generation != Generation || !ReferenceEquals(kept.Value.Definitions, definitions))
        {
            return null;
        }

        var now = time.GetTimestamp();
        Volatile.Write(ref _lastUsed, now);
        return time.GetElapsedTime(kept.At, now) < maximumAge ? kept.Value : null;
    }

    public void Keep(ResolvedOrganization value, int generation, TimeProvider time)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _lastUsed, now);
        Volatile.Write(ref _failed, 0);
        Volatile.Write(ref _staleSince, 0);
        _kept = new Kept(value, generation, now);
    }

    /// <summary>A source that tells of a change can be asked again, also where it has just failed.</summary>
    public void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        Volatile.Write(ref _failed, 0);
    }

    /// <summary>True where what is kept was made before the last <see cref="Renew"/>, and must not serve on although its version is still the same.</summary>
    public bool IsOutdated => _kept is { } kept && kept.Generation < Volatile.Read(ref _renewed);

    /// <summary>What is kept is to be made anew, whatever its version.</summary>
    public void Renew()
    {
        Volatile.Write(ref _renewed, Interlocked.Increment(ref _generation));
        Volatile.Write(ref _failed, 0);
    }

    public void HasFailed(TimeProvider time)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _failed, now);
        Interlocked.CompareExchange(ref _staleSince, now, 0);
    }

    public bool FailedWithin(TimeProvider time, TimeSpan window) =>
        Volatile.Read(ref _failed) is not 0 and var failed && time.GetElapsedTime(failed) < window;

    public TimeSpan? StaleFor(TimeProvider time) => Volatile.Read(ref _staleSince) is not 0 and var since ? time.GetElapsedTime(since) : null;

    /// <summary>Starts the refresh, or joins the one that is under way, if that one began after the latest change.</summary>
    public Task<ResolvedOrganization?> RefreshOnceAsync(Func<Task<ResolvedOrganization?>> refresh)
    {
        lock (_lock)
        {
            if (_refreshing is { IsCompleted: false } underWay && _refreshingGeneration == Generation)
            {
                return underWay;
            }

            _refreshingGeneration = Generation;
            return _refreshing = refresh();
        }
    }

    private sealed record Kept(ResolvedOrganization Value, int Generation, long At);
}

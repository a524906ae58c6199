using Aico.Abstractions;

namespace Aico.Host.Providers.Fallback;

/// <summary>
/// One piece of work and the providers that were asked for it: first those of which no outage is known, in the chain's order, then,
/// since nothing is left to lose, the others. Where only one was asked, and failed for a passing reason, it is asked once more.
/// Not thread-safe.
/// </summary>
internal sealed class ChainRun<T>(ChainUse<T> use, TimeProvider time, TimeSpan deadline)
    where T : class
{
    // A caller waits; what a provider asks for beyond this is no retry any more.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private readonly ProviderChain<T> _chain = use.Chain;
    private readonly HashSet<int> _asked = [];
    private long _since = time.GetTimestamp();
    private int _attempts;

    /// <summary>The failure of the latest that was asked.</summary>
    public ProviderException? Fault { get; private set; }

    /// <summary>How long to wait before the one that <see cref="Next"/> gave is asked.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>True where somebody else may be asked beside those that were: an attempt may be given up early.</summary>
    public bool HasAnother => _chain.Entries.Any(entry => IsLeft(entry) && (_chain.Health?.IsThere(entry.Subject) ?? true));

    /// <summary>Returns whom to ask; null where nobody is left, and <see cref="Fault"/> says why.</summary>
    public ChainEntry<T>? Next()
    {
        Pause = TimeSpan.Zero;
        if (_attempts > 0 && deadline >= TimeSpan.Zero && time.GetElapsedTime(_since) >= deadline)
        {
            return null;
        }

        var health = _chain.Health;
        foreach (var entry in _chain.Entries)
        {
            if (IsLeft(entry) && (health?.TryUse(entry.Subject) ?? true))
            {
                return Ask(entry);
            }
        }

        foreach (var entry in _chain.Entries)
        {
            if (IsLeft(entry))
            {
                return Ask(entry);
            }
        }

        if (_attempts == 1 && Fault is { IsTransient: true } fault && (fault.RetryAfter ?? TimeSpan.Zero) <= LongestPause)
        {
            Pause = fault.RetryAfter ?? TimeSpan.Zero;
            return Ask(_chain.Entries.First(entry => _asked.Contains(entry.Position)));
        }

        return null;
    }

    /// <summary>Whom to ask beside the one that is being asked, which is slow: the next of which no outage is known. <see cref="Next"/> may still give it.</summary>
    public ChainEntry<T>? Beside() => _chain.Entries.FirstOrDefault(entry => IsLeft(entry) && (_chain.Health?.IsThere(entry.Subject) ?? true));

    /// <summary>After so long 95 of 100 of the entry's first results were there; null: not known.</summary>
    public TimeSpan? SlowAfter(ChainEntry<T> entry) => _chain.Health?.Latencies.SlowAfter(entry.Subject);

    /// <summary>The entry has begun to do the work.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="after">How long it took to begin, where that is worth remembering.</param>
    public void Succeeded(ChainEntry<T> entry, TimeSpan? after = null)
    {
        _since = time.GetTimestamp();
        if (after is { } latency)
        {
            _chain.Health?.Latencies.Add(entry.Subject, latency);
        }

        _chain.Health?.Succeeded(entry.Subject);
    }

    public void Failed(ChainEntry<T> entry, ProviderException fault)
    {
        Fault = fault;
        if (ChainUse<T>.IsRefusal(fault))
        {
            use.Refused(entry);
        }

        _chain.Health?.Failed(entry.Subject, fault);
    }

    /// <summary>The entry is not asked again in this work, for a reason that is nobody's failure.</summary>
    public void Leave(ChainEntry<T> entry) => _asked.Add(entry.Position);

    private bool IsLeft(ChainEntry<T> entry) => !_asked.Contains(entry.Position) && !use.IsRefused(entry);

    private ChainEntry<T> Ask(ChainEntry<T> entry)
    {
        _attempts++;
        _asked.Add(entry.Position);
        return entry;
    }
}

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
    private readonly HashSet<int> _asked = [];
    private long _since = time.GetTimestamp();
    private int _attempts;

    /// <summary>The failure of the latest that was asked.</summary>
    public ProviderException? Fault { get; private set; }

    /// <summary>How long to wait before the one that <see cref="Next"/> gave is asked.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>True where somebody else may be asked beside those that were: an attempt may be given up early.</summary>
    public bool HasAnother => use.Chain.Entries.Any(entry => IsLeft(entry) && (use.Chain.Health?.IsThere(entry.Subject) ?? true));

    /// <summary>Returns whom to ask; null where nobody is left, and <see cref="Fault"/> says why.</summary>
    public ChainEntry<T>? Next()
    {
        Pause = TimeSpan.Zero;
        if (_attempts > 0 && deadline >= TimeSpan.Zero && time.GetElapsedTime(_since) >= deadline)
        {
            return null;
        }

        var health = use.Chain.Health;
        foreach (var entry in use.Chain.Entries)
        {
            if (IsLeft(entry) && (health?.TryUse(entry.Subject) ?? true))
            {
                return Ask(entry);
            }
        }

        foreach (var entry in use.Chain.Entries)
        {
            if (IsLeft(entry))
            {
                return Ask(entry);
            }
        }

        if (_attempts == 1 && Fault is { IsTransient: true } fault && (fault.RetryAfter ?? TimeSpan.Zero) <= LongestPause)
        {
            Pause = fault.RetryAfter ?? TimeSpan.Zero;
            return Ask(use.Chain.Entries.First(entry => _asked.Contains(entry.Position)));
        }

        return null;
    }

    /// <summary>The entry has begun to do the work.</summary>
    public void Succeeded(ChainEntry<T> entry)
    {
        _since = time.GetTimestamp();
        use.Chain.Health?.Succeeded(entry.Subject);
    }

    public void Failed(ChainEntry<T> entry, ProviderException fault)
    {
        Fault = fault;
        if (ChainUse<T>.IsRefusal(fault))
        {
            use.Refused(entry);
        }

        use.Chain.Health?.Failed(entry.Subject, fault);
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

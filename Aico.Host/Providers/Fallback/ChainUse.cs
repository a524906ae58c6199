using Aico.Abstractions;

namespace Aico.Host.Providers.Fallback;

/// <summary>
/// A chain as one call uses it. A provider that has refused a request of this call as wrong is not asked again by it while others are
/// there: nothing is out, so no other call may skip it, but this one would be refused again. The chain may be replaced while the call
/// goes on: work that has begun ends with the one that it began with. Safe from any thread.
/// </summary>
internal sealed class ChainUse<T>(ProviderChain<T> chain)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _refused = [];
    private volatile ProviderChain<T> _chain = chain;
    private ChainEntry<T> _latest = chain.Primary;

    public ProviderChain<T> Chain => _chain;

    /// <summary>Work that begins from now on asks the providers of another chain.</summary>
    public void Replace(ProviderChain<T> other)
    {
        lock (_lock)
        {
            _chain = other;
            _refused.Clear();
        }
    }

    /// <summary>Begins a piece of work, such as an answer: it asks for providers until one has done it.</summary>
    public ChainRun<T> Begin() => new(this, TimeProvider.System, Timeout.InfiniteTimeSpan);

    /// <summary>The same where nobody more is asked after so long without any success: whoever waits for it has given up.</summary>
    public ChainRun<T> Begin(TimeProvider time, TimeSpan deadline) => new(this, time, deadline);

    /// <summary>True where work that begins now would not go to the given entry but to one before it, or to another chain's.</summary>
    public bool HasBetter(ChainEntry<T> entry)
    {
        var now = _chain;
        return !now.Entries.Contains(entry)
            || (entry.Position > 0 && now.Entries.Take(entry.Position).Any(better => !IsRefused(better) && (now.Health?.TryUse(better.Subject, claims: false) ?? true)));
    }

    /// <summary>Notes who is asked now, and returns who was asked before where that was another one.</summary>
    public string? Takes(ChainEntry<T> entry)
    {
        lock (_lock)
        {
            var before = _latest;
            _latest = entry;
            return before.Position == entry.Position && before.Key == entry.Key ? null : before.Key;
        }
    }

    public bool IsRefused(ChainEntry<T> entry)
    {
        lock (_lock)
        {
            return _refused.Contains(entry.Position) && _refused.Count < _chain.Entries.Count;
        }
    }

    public void Refused(ChainEntry<T> entry)
    {
        lock (_lock)
        {
            // What a former chain's provider refuses says nothing of the one that has its place now.
            if (_chain.Entries.Contains(entry))
            {
                _refused.Add(entry.Position);
            }
        }
    }

    public static bool IsRefusal(ProviderException fault) => fault.Failure == ProviderFailure.InvalidRequest;
}

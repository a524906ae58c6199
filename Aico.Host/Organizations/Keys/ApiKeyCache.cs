using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Keys;

/// <summary>
/// Keys that were asked for, known and unknown. Once a second the first who asks looks at the store's revision, which is one number, and
/// where that has moved all is asked anew: so what another process changes counts here within a second. Safe from any thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing.")]
internal sealed class ApiKeyCache(IStore store, TimeProvider time)
{
    /// <summary>How old the look at the store's revision may be.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>Keys are remembered up to this many, about 3 MB; then it begins anew. Somebody who tries keys at random must not fill the memory.</summary>
    private const int Most = 20_000;

    // One look into the store at a time: who tries keys at random keeps at most one of its readers busy.
    private readonly SemaphoreSlim _lookups = new(1);
    private readonly Lock _lock = new();
    private ConcurrentDictionary<KeyHash, CachedApiKey?> _keys = new();
    private long? _checked;
    private long _revision = -1;

    /// <summary>Drops everything; what was asked before and is answered after is not kept.</summary>
    public void Forget() => Volatile.Write(ref _keys, new ConcurrentDictionary<KeyHash, CachedApiKey?>());

    /// <summary>The key with this hash, also where it has ended; null where there is none.</summary>
    public ValueTask<CachedApiKey?> FindAsync(KeyHash hash, CancellationToken ct) =>
        IsFresh() && Volatile.Read(ref _keys).TryGetValue(hash, out var key) ? ValueTask.FromResult(key) : AskAsync(hash, ct);

    private bool IsFresh()
    {
        lock (_lock)
        {
            return _checked is { } at && time.GetElapsedTime(at) < Freshness;
        }
    }

    private async ValueTask<CachedApiKey?> AskAsync(KeyHash hash, CancellationToken ct)
    {
        await _lookups.WaitAsync(ct);
        try
        {
            if (!IsFresh())
            {
                await CheckAsync(ct);
            }

            var keys = Volatile.Read(ref _keys);
            if (keys.TryGetValue(hash, out var key))
            {
                return key;
            }

            // Taken before the store is asked: where the keys are forgotten meanwhile, this answer goes with them.
            if (keys.Count >= Most)
            {
                keys.Clear();
            }

            key = await store.FindApiKeyAsync(hash.ToArray(), ct) is { } row ? Map(row) : null;
            keys[hash] = key;
            return key;
        }
        finally
        {
            _lookups.Release();
        }
    }

    private async ValueTask CheckAsync(CancellationToken ct)
    {
        // The moment before the store answers: the answer is at least as new.
        var asked = time.GetTimestamp();
        var revision = await store.RevisionAsync(ct);
        if (revision != _revision)
        {
            Forget();
            _revision = revision;
        }

        lock (_lock)
        {
            _checked = asked;
        }
    }

    private static CachedApiKey Map(ApiKeyRow row) => new(
        new ApiKeyIdentity(row.Id, row.OrganizationId, row.Scopes.ToFrozenSet(StringComparer.Ordinal)), row.Expires, row.Ended);
}

namespace Aico.Host.Api.Idempotency;

/// <summary>
/// Requests that were made with an idempotency key, for a day, in memory: a host that is started again knows none of them. Bounded: the
/// oldest go first. Safe from any thread.
/// </summary>
internal sealed class IdempotencyMemory(TimeProvider time)
{
    /// <summary>Entries; with answers of at most 64 KiB it is 64 MiB in the worst case.</summary>
    public const int Most = 1_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, IdempotencyEntry Entry)>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, IdempotencyEntry Entry)> _order = new();

    /// <summary>The entry of a key, and whether it is new, so that the caller serves the request and completes or forgets it.</summary>
    public (IdempotencyEntry Entry, bool IsNew) Begin(string key, byte[] request)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            while (_order.First is { } oldest && (time.GetElapsedTime(oldest.Value.Entry.At, now) >= Lifetime || _entries.Count >= Most))
            {
                Remove(oldest);
            }

            if (_entries.TryGetValue(key, out var known))
            {
                return (known.Value.Entry, false);
            }

            var entry = new IdempotencyEntry(request, now);
            _entries[key] = _order.AddLast((key, entry));
            return (entry, true);
        }
    }

    public void Complete(IdempotencyEntry entry, IdempotentReply reply)
    {
        lock (_lock)
        {
            entry.Reply = reply;
        }
    }

    public IdempotentReply? ReplyOf(IdempotencyEntry entry)
    {
        lock (_lock)
        {
            return entry.Reply;
        }
    }

    /// <summary>The request failed in a way that trying again may mend.</summary>
    public void Forget(string key, IdempotencyEntry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node) && ReferenceEquals(node.Value.Entry, entry))
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<(string Key, IdempotencyEntry Entry)> node)
    {
        _entries.Remove(node.Value.Key);
        _order.Remove(node);
    }
}

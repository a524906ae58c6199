namespace Aico.Host.Calls.Rooms;

/// <summary>Lets one waiter at a time wait for something to be so; the condition is looked at under the owner's lock, whenever something has changed.</summary>
internal sealed class PresenceCondition(TimeProvider time)
{
    private readonly AsyncSignal _changed = new();

    public void Changed() => _changed.Set();

    /// <summary>Returns false where it did not become so in time.</summary>
    public async Task<bool> UntilAsync(Lock owner, Func<bool> condition, TimeSpan? limit, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            while (!IsSo(owner, condition))
            {
                await _changed.WaitAsync(either.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool IsSo(Lock owner, Func<bool> condition)
    {
        lock (owner)
        {
            return condition();
        }
    }
}

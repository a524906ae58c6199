using Aico.Host.Calls.Trials;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>Decides for each request to a provider whether it suffers, and what. Safe from any thread.</summary>
/// <param name="share">Of the requests, 0 to 1.</param>
/// <param name="random">Where chance comes from.</param>
internal sealed class SoakFaults(double share, Random random)
{
    // Not a refused credential: it would take its provider out for the rest of the run, and nothing would fail any more.
    private static readonly InjectedFault[] _all =
        [InjectedFault.RateLimited, InjectedFault.Failing, InjectedFault.Stalled, InjectedFault.Cut, InjectedFault.HalfOpen, InjectedFault.Slow];

    private readonly Lock _lock = new();
    private long _injected;

    public long Injected => Interlocked.Read(ref _injected);

    /// <summary>Null: the request goes through.</summary>
    public InjectedFault? Next()
    {
        lock (_lock)
        {
            if (random.NextDouble() >= share)
            {
                return null;
            }

            Interlocked.Increment(ref _injected);
            return _all[random.Next(_all.Length)];
        }
    }
}

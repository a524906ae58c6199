using System.Collections.Concurrent;

namespace Aico.Host.Api;

/// <summary>A token bucket for each caller. The operator is not limited. Safe from any thread; bounded by the number of keys that there are.</summary>
internal sealed class ApiRateLimit(ApiRate? rate, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <exception cref="ApiException">The caller asks too often.</exception>
    public void Check(ApiCaller caller)
    {
        if (rate is null || caller.IsOperator)
        {
            return;
        }

        var bucket = _buckets.GetOrAdd(caller.Identity, static (_, from) => new Bucket(from.rate.Burst, from.time.GetTimestamp()), (rate, time));
        if (bucket.Take(rate, time) is { } wait)
        {
            throw new ApiException(ApiProblem.TooManyRequests, FormattableString.Invariant($"The key may make {rate.PerSecond:0.##} requests a second.")) { RetryAfter = wait };
        }
    }

    private sealed class Bucket(double tokens, long at)
    {
        private readonly Lock _lock = new();
        private double _tokens = tokens;
        private long _at = at;

        /// <summary>Null where there was a token; else how long until there is one.</summary>
        public TimeSpan? Take(ApiRate rate, TimeProvider time)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                _tokens = Math.Min(rate.Burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * rate.PerSecond));
                _at = now;
                if (_tokens >= 1)
                {
                    _tokens--;
                    return null;
                }

                return TimeSpan.FromSeconds((1 - _tokens) / rate.PerSecond);
            }
        }
    }
}

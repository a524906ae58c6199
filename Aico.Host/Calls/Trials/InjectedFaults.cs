using Aico.Abstractions;

namespace Aico.Host.Calls.Trials;

/// <summary>The names of faults, and what they do.</summary>
internal static class InjectedFaults
{
    private static readonly (string Code, InjectedFault Fault)[] All =
    [
        ("401", InjectedFault.Unauthorized), ("429", InjectedFault.RateLimited), ("500", InjectedFault.Failing), ("stall", InjectedFault.Stalled),
        ("cut", InjectedFault.Cut), ("half-open", InjectedFault.HalfOpen), ("slow", InjectedFault.Slow),
    ];

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1.5);

    public static IEnumerable<string> Codes => All.Select(known => known.Code);

    /// <summary>Null where there is no such fault.</summary>
    public static InjectedFault? Parse(string code) => Array.Find(All, known => known.Code == code) is { Code: not null } known ? known.Fault : null;

    public static string Code(this InjectedFault fault) => Array.Find(All, known => known.Fault == fault).Code;

    /// <summary>Where a provider is asked: refuses, or lets the request through.</summary>
    /// <exception cref="ProviderException">The fault.</exception>
    public static async ValueTask MeetRequestAsync(this InjectedFault fault, TimeProvider time, CancellationToken ct)
    {
        switch (fault)
        {
            case InjectedFault.Unauthorized:
                throw new ProviderException(ProviderFailure.Unauthorized, "Injected: 401, the credential is refused.");
            case InjectedFault.RateLimited:
                throw new ProviderException(ProviderFailure.QuotaExceeded, "Injected: 429, too many requests.") { RetryAfter = TimeSpan.FromSeconds(1) };
            case InjectedFault.Failing:
                throw new ProviderException(ProviderFailure.Unavailable, "Injected: 500, the service fails.");
            case InjectedFault.Stalled:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
                break;
        }
    }

    /// <summary>Before the first result comes.</summary>
    public static async ValueTask MeetFirstResultAsync(this InjectedFault fault, TimeProvider time, CancellationToken ct)
    {
        if (fault is InjectedFault.Slow or InjectedFault.HalfOpen)
        {
            await Task.Delay(fault == InjectedFault.Slow ? Late : Timeout.InfiniteTimeSpan, time, ct);
        }
    }

    /// <summary>Behind the first result.</summary>
    /// <exception cref="ProviderException">The fault.</exception>
    public static void MeetSecondResult(this InjectedFault fault)
    {
        if (fault == InjectedFault.Cut)
        {
            throw new ProviderException(ProviderFailure.Unavailable, "Injected: the connection was cut.");
        }
    }
}

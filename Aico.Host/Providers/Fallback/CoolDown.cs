using Aico.Abstractions;

namespace Aico.Host.Providers.Fallback;

/// <summary>How long a provider is left alone after a failure, and who leaves it alone. Pure.</summary>
internal static class CoolDown
{
    private static readonly TimeSpan ShortFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortLongest = TimeSpan.FromMinutes(1);

    // What a person has to mend is not mended within a second.
    private static readonly TimeSpan LongFirst = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongLongest = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Who else meets the failure; null where it is no outage: a bad setting or a refused request says nothing about the service.
    /// A silence or a broken answer may be the work of a model or of what one organization sends it, so others do not skip it for that.
    /// </summary>
    public static OutageScope? ScopeOf(ProviderFailure failure) => failure switch
    {
        ProviderFailure.Unavailable => OutageScope.Endpoint,
        ProviderFailure.Unauthorized or ProviderFailure.QuotaExceeded => OutageScope.Credential,
        ProviderFailure.TimedOut or ProviderFailure.ProtocolError => OutageScope.Model,
        _ => null,
    };

    /// <param name="fault">The latest failure.</param>
    /// <param name="step">How many came before it in a row.</param>
    public static TimeSpan For(ProviderException fault, int step)
    {
        var isLong = fault.Failure == ProviderFailure.Unauthorized || fault.IsExhausted;
        var (first, longest) = isLong ? (LongFirst, LongLongest) : (ShortFirst, ShortLongest);
        var wait = first * Math.Pow(2, Math.Min(step, 16));
        wait = wait < longest ? wait : longest;
        return fault.RetryAfter is { } asked && asked > wait ? (asked < LongLongest ? asked : LongLongest) : wait;
    }
}

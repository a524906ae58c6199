namespace Aico.Abstractions;

/// <summary>
/// The only exception that a provider throws for a fault of its service. No provider retries: the host decides by
/// <see cref="Failure"/>, <see cref="IsTransient"/> and <see cref="RetryAfter"/>.
/// </summary>
/// <remarks>The message is read by operators: it says what was wrong and what would be right, and holds no secret.</remarks>
public sealed class ProviderException : Exception
{
    /// <summary>Creates the exception for a failure.</summary>
    /// <param name="failure">The category that the host decides by.</param>
    /// <param name="message">What was wrong and what would be right, in a sentence without secrets.</param>
    /// <param name="inner">The error underneath, if there was one.</param>
    public ProviderException(ProviderFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>The category of the failure.</summary>
    public ProviderFailure Failure { get; }

    /// <summary>How long the provider asked to wait before another attempt; null where it said nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True where <see cref="Failure"/> is <see cref="ProviderFailure.QuotaExceeded"/> because credit is used up, which no waiting mends.
    /// </summary>
    public bool IsExhausted { get; init; }

    /// <summary>True where the same request may succeed later: unavailable, timed out, or a rate limit.</summary>
    public bool IsTransient => Failure switch
    {
        ProviderFailure.Unavailable or ProviderFailure.TimedOut => true,
        ProviderFailure.QuotaExceeded => !IsExhausted,
        _ => false,
    };
}

namespace Aico.Abstractions;

/// <summary>Why a provider failed, as far as it matters to whoever decides what happens next.</summary>
public enum ProviderFailure
{
    /// <summary>The credential is missing, wrong, expired or lacks a permission.</summary>
    Unauthorized,

    /// <summary>A rate limit, a concurrency limit or used-up credit.</summary>
    QuotaExceeded,

    /// <summary>The provider refused the request itself: a setting, a model or a voice that it does not have.</summary>
    InvalidRequest,

    /// <summary>The provider cannot be reached or says that it cannot serve now.</summary>
    Unavailable,

    /// <summary>The provider did not answer in time.</summary>
    TimedOut,

    /// <summary>The provider answered something that its protocol does not allow.</summary>
    ProtocolError,
}

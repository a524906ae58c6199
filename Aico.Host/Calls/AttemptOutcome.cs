namespace Aico.Host.Calls;

/// <summary>What an attempt at a provider was good for.</summary>
internal enum AttemptOutcome
{
    /// <summary>It did what it was asked for.</summary>
    Useful,

    /// <summary>The caller interrupted it, or the call ended.</summary>
    Cancelled,

    /// <summary>It was work ahead of a decision that went the other way.</summary>
    Speculative,

    /// <summary>The provider failed.</summary>
    Failed,
}

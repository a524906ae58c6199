namespace Aico.Host.Calls.TurnTaking;

/// <summary>Whether the words of a caller who pauses are all that the caller has to say.</summary>
internal enum TurnCompleteness
{
    /// <summary>Plainly not: wait for the maximum delay.</summary>
    Incomplete,

    /// <summary>The words could go either way: wait for the delay that the caller's own pauses taught.</summary>
    Unclear,

    /// <summary>Plainly complete: the minimum delay will do.</summary>
    Complete,
}

namespace Aico.Host.Calls.Speaking;

/// <summary>Why the agent speaks.</summary>
internal enum ReplyKind
{
    /// <summary>It answers the caller's turn.</summary>
    Answer,

    Greeting,

    /// <summary>Something failed, and it says so.</summary>
    Apology,

    /// <summary>It asks whether the caller is still there.</summary>
    AwayQuestion,

    /// <summary>Its last words; they are not interrupted.</summary>
    Goodbye,
}

namespace Aico.Host.Calls;

/// <summary>How a call ends when no provider of a kind is left.</summary>
internal enum FailureEnding
{
    /// <summary>With the goodbye for failures.</summary>
    Goodbye,

    /// <summary>At once.</summary>
    HangUp,

    /// <summary>With the goodbye, and a telephone caller is then handed on to somebody else.</summary>
    Transfer,
}

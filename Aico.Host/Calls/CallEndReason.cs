namespace Aico.Host.Calls;

/// <summary>Why a call ended.</summary>
internal enum CallEndReason
{
    /// <summary>The caller's audio and text came to an end, and everything was answered.</summary>
    CallerLeft,

    /// <summary>The agent ended it with the end_call tool.</summary>
    AgentEnded,

    /// <summary>The caller stayed silent after being asked.</summary>
    CallerAway,

    /// <summary>The call reached its maximum duration.</summary>
    MaximumDuration,

    /// <summary>A stage failed too often in a row.</summary>
    Failed,

    /// <summary>The host cancelled it.</summary>
    Cancelled,
}

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

    /// <summary>Nobody came to be talked to.</summary>
    NobodyCame,

    /// <summary>The caller's connection was lost, and the caller did not come back.</summary>
    CallerLost,

    /// <summary>The room was deleted or closed.</summary>
    RoomClosed,

    /// <summary>The agent was removed from the room, or another took its identity.</summary>
    AgentRemoved,

    /// <summary>The agent's own connection to the room was lost.</summary>
    ConnectionLost,

    /// <summary>Somebody ended it through the host.</summary>
    EndedByRequest,

    /// <summary>The host shuts down.</summary>
    HostShutdown,
}

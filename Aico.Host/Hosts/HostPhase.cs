namespace Aico.Host.Hosts;

/// <summary>What a host is about.</summary>
internal enum HostPhase
{
    /// <summary>Not registered at the LiveKit server: <see cref="HostStatus.LastError"/> says why, where something is wrong.</summary>
    Connecting,

    /// <summary>Takes calls; a host without agents serves its API.</summary>
    Serving,

    /// <summary>Takes no more calls and waits for the running ones.</summary>
    Draining,
    Stopped,
}

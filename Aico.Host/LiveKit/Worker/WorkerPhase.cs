namespace Aico.Host.LiveKit.Worker;

/// <summary>What the worker is about.</summary>
internal enum WorkerPhase
{
    /// <summary>No connection to the server, or not registered yet; <see cref="WorkerState.LastError"/> says why.</summary>
    Connecting,
    Registered,

    /// <summary>Takes no more jobs and waits for the running ones.</summary>
    Draining,
    Stopped,
}

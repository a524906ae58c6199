using Aico.Host.LiveKit.Protocol;

namespace Aico.Host.LiveKit.Worker;

/// <summary>A connection to the server's agent endpoint: one message a frame. One sender and one receiver at a time. Disposal breaks it off.</summary>
internal interface IWorkerSocket : IAsyncDisposable
{
    /// <exception cref="WorkerConnectionException">It is broken.</exception>
    Task SendAsync(WorkerMessage message, CancellationToken ct);

    /// <summary>The next message; null where the server closed.</summary>
    /// <exception cref="WorkerConnectionException">It is broken, or what came is no message.</exception>
    Task<ServerMessage?> ReceiveAsync(CancellationToken ct);

    /// <summary>Says goodbye to the server.</summary>
    Task CloseAsync(CancellationToken ct);
}

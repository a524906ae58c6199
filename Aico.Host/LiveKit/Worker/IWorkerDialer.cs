namespace Aico.Host.LiveKit.Worker;

/// <summary>Opens connections to the server's agent endpoint.</summary>
internal interface IWorkerDialer
{
    /// <param name="url">With its path.</param>
    /// <param name="token">An access token with the right to be a worker; a secret.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="WorkerConnectionException">It could not be opened.</exception>
    Task<IWorkerSocket> ConnectAsync(Uri url, string token, CancellationToken ct);
}

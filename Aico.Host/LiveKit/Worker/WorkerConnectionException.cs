namespace Aico.Host.LiveKit.Worker;

/// <summary>The connection to the server could not be made, or broke. The message is one line for operators.</summary>
/// <param name="message">What happened.</param>
/// <param name="isRefused">The server does not accept our key: an operator must act.</param>
/// <param name="inner">Why.</param>
internal sealed class WorkerConnectionException(string message, bool isRefused = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsRefused { get; } = isRefused;
}

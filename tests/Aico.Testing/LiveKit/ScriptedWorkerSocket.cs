using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Worker;

namespace Aico.Testing.LiveKit;

/// <summary>The server's end of a worker's connection, in the hand of a test.</summary>
internal sealed class ScriptedWorkerSocket(bool isRegistering) : IWorkerSocket
{
    private readonly List<WorkerMessage> _sent = [];
    private readonly Queue<ServerMessage> _incoming = new();
    private TaskCompletionSource _news = new();
    private bool _isClosed;
    private bool _isBroken;

    /// <summary>All that the worker sent.</summary>
    public IReadOnlyList<WorkerMessage> Sent => _sent;

    /// <summary>True: sending waits until the worker gives up, as on a dead network with full buffers.</summary>
    public bool IsStuck { get; set; }

    public bool IsClosedByWorker { get; private set; }

    public bool IsDisposed { get; private set; }

    public IReadOnlyList<T> Of<T>(Func<WorkerMessage, T?> select)
        where T : class => [.. _sent.Select(select).OfType<T>()];

    public void Say(ServerMessage message)
    {
        _incoming.Enqueue(message);
        _news.TrySetResult();
    }

    /// <summary>The server closes.</summary>
    public void Close()
    {
        _isClosed = true;
        _news.TrySetResult();
    }

    public void Break()
    {
        _isBroken = true;
        _news.TrySetResult();
    }

    public async Task SendAsync(WorkerMessage message, CancellationToken ct)
    {
        if (_isBroken)
        {
            throw new WorkerConnectionException("the connection broke");
        }

        if (IsStuck)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        }

        _sent.Add(message);
        if (message.Register is not null && isRegistering)
        {
            Say(new ServerMessage { Register = new RegisterWorkerResponse { WorkerId = "AW_1", ServerInfo = new ServerInfo { Version = "1.9.1" } } });
        }
    }

    public async Task<ServerMessage?> ReceiveAsync(CancellationToken ct)
    {
        while (true)
        {
            if (_isBroken)
            {
                throw new WorkerConnectionException("the connection broke");
            }

            if (_incoming.TryDequeue(out var message))
            {
                return message;
            }

            if (_isClosed)
            {
                return null;
            }

            // No channel: it hands cancellation over to the thread pool.
            _news = new TaskCompletionSource();
            using var cancelled = ct.Register(() => _news.TrySetCanceled(ct));
            await _news.Task;
        }
    }

    public Task CloseAsync(CancellationToken ct)
    {
        IsClosedByWorker = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}

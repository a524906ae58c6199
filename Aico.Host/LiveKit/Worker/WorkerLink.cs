using System.Threading.Channels;
using Aico.Host.LiveKit.Protocol;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// One connection from registration to its end. <see cref="AgentWorker"/> starts it and stops it by the token; whatever goes wrong
/// ends it with a <see cref="WorkerConnectionException"/>.
/// </summary>
internal sealed class WorkerLink(IWorkerSocket socket, WorkerOptions options, TimeProvider time)
{
    // Full means that the server has read nothing for a long time: the link is given up then.
    private readonly Channel<WorkerMessage> _outgoing = Channel.CreateBounded<WorkerMessage>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    // A change is told once, however many there were.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    private long _lastReceived;

    public ChannelWriter<WorkerMessage> Outgoing => _outgoing.Writer;

    /// <summary>Load or jobs are not what they were: the server is told.</summary>
    public void Changed() => _changes.Writer.TryWrite(true);

    /// <summary>After the end: what was not sent.</summary>
    public IEnumerable<WorkerMessage> TakeUnsent()
    {
        while (_outgoing.Reader.TryRead(out var message))
        {
            yield return message;
        }
    }

    public async Task<RegisterWorkerResponse> RegisterAsync(RegisterWorkerRequest request, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await socket.SendAsync(new WorkerMessage { Register = request }, either.Token);
            while (await socket.ReceiveAsync(either.Token) is { } message)
            {
                if (message.Register is { } response)
                {
                    return response;
                }
            }

            throw new WorkerConnectionException("the LiveKit server closed the connection instead of registering this worker");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new WorkerConnectionException($"the LiveKit server did not answer the registration within {options.ConnectTimeout.TotalSeconds:0.#} s");
        }
    }

    /// <summary>Serves the connection until it breaks or the token ends it.</summary>
    /// <param name="receive">Takes each message; must return at once.</param>
    /// <param name="status">Says load and jobs; asked on a change (false) and on each interval (true).</param>
    /// <param name="ct">Ends it.</param>
    public async Task RunAsync(Action<ServerMessage> receive, Func<bool, UpdateWorkerStatus> status, CancellationToken ct)
    {
        // Not tied to the token: what is queued when it is cancelled is still sent.
        using var end = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        using var asking = ct.Register(() => asked.TrySetResult());
        _lastReceived = time.GetTimestamp();
        var sending = SendAsync(end.Token);
        Task[] loops = [sending, ReceiveAsync(receive, end.Token), PingAsync(end.Token), TickAsync(status, end.Token), TellAsync(status)];
        var first = await Task.WhenAny([asked.Task, .. loops]);
        if (first == asked.Task)
        {
            await SayGoodbyeAsync(sending);
        }

        end.Cancel();
        _outgoing.Writer.TryComplete();
        _changes.Writer.TryComplete();

        // The first one says why; the others end because of it.
        await Task.WhenAny(Task.WhenAll(loops));

        ct.ThrowIfCancellationRequested();
        await first;
    }

    private async Task ReceiveAsync(Action<ServerMessage> receive, CancellationToken ct)
    {
        while (await socket.ReceiveAsync(ct) is { } message)
        {
            Interlocked.Exchange(ref _lastReceived, time.GetTimestamp());
            receive(message);
        }

        throw new WorkerConnectionException("the LiveKit server closed the connection");
    }

    private async Task SendAsync(CancellationToken ct)
    {
        // Ended by completing the channel: a channel hands cancellation over to the thread pool, away from a virtual clock.
        while (await _outgoing.Reader.WaitToReadAsync(CancellationToken.None))
        {
            // Taken out only when it is sent: what is left is for the next connection.
            while (!ct.IsCancellationRequested && _outgoing.Reader.TryPeek(out var message))
            {
                await socket.SendAsync(message, ct);
                _outgoing.Reader.TryRead(out _);
            }

            if (ct.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task SayGoodbyeAsync(Task sending)
    {
        using var patience = new CancellationTokenSource(Goodbye, time);
        try
        {
            _outgoing.Writer.TryComplete();
            await sending.WaitAsync(patience.Token);
            await socket.CloseAsync(patience.Token);
        }
        catch (Exception e) when (e is WorkerConnectionException or OperationCanceledException)
        {
            // The server is gone already.
        }
    }

    private async Task PingAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(options.PingInterval, time, ct);
            var silence = time.GetElapsedTime(Interlocked.Read(ref _lastReceived));
            if (silence >= options.SilenceLimit)
            {
                throw new WorkerConnectionException($"the LiveKit server has been silent for {silence.TotalSeconds:0} s");
            }

            Enqueue(new WorkerMessage { Ping = new WorkerPing { Timestamp = time.GetUtcNow().ToUnixTimeMilliseconds() } });
        }
    }

    private async Task TellAsync(Func<bool, UpdateWorkerStatus> status)
    {
        while (await _changes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            _changes.Reader.TryRead(out _);
            Enqueue(new WorkerMessage { UpdateWorker = status(false) });
        }
    }

    private async Task TickAsync(Func<bool, UpdateWorkerStatus> status, CancellationToken ct)
    {
        while (true)
        {
            Enqueue(new WorkerMessage { UpdateWorker = status(true) });
            await Task.Delay(options.StatusInterval, time, ct);
        }
    }

    private void Enqueue(WorkerMessage message)
    {
        if (!_outgoing.Writer.TryWrite(message))
        {
            throw new WorkerConnectionException("the LiveKit server takes no more messages");
        }
    }
}

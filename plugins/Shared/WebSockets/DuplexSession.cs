using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions.Sessions;

namespace Aico.Plugins.Shared.WebSockets;

/// <summary>
/// The queues of a session and the order in which it ends. <see cref="WorkAsync"/> begins with <see cref="Start"/> and ends by itself,
/// by an error, which the reader is told, or on disposal.
/// </summary>
internal abstract class DuplexSession<TIn, TOut> : IDuplexSession<TIn, TOut>
{
    private readonly Channel<SessionItem<TIn>> _input;
    private readonly Channel<TOut> _output;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private volatile bool _completed;

    /// <param name="inputs">Items that wait before the writer does.</param>
    /// <param name="outputs">Results that wait before the vendor does.</param>
    protected DuplexSession(int inputs, int outputs)
    {
        _input = Channel.CreateBounded<SessionItem<TIn>>(
            new BoundedChannelOptions(inputs) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _output = Channel.CreateBounded<TOut>(new BoundedChannelOptions(outputs) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>What was sent; it completes with the session's input.</summary>
    protected ChannelReader<SessionItem<TIn>> Input => _input.Reader;

    public virtual ValueTask SendAsync(TIn item, CancellationToken ct) => EnqueueAsync(new(SessionItemKind.Input, item), ct);

    public ValueTask FlushAsync(CancellationToken ct) => EnqueueAsync(new(SessionItemKind.Flush, default!), ct);

    public ValueTask CompleteAsync(CancellationToken ct)
    {
        _completed = true;
        _input.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<TOut> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _output.Reader.WaitToReadAsync(ct))
        {
            while (!_stop.IsCancellationRequested && _output.Reader.TryRead(out var result))
            {
                yield return result;
            }

            if (_stop.IsCancellationRequested)
            {
                yield break;
            }
        }

        // The work is over by now; where it failed, this throws what it threw.
        await _work;
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        // An error belongs to the reader; whoever disposes does not want to hear any more.
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    protected void Start() => _work = RunAsync(_stop.Token);

    protected abstract Task WorkAsync(CancellationToken ct);

    protected ValueTask GiveAsync(TOut result, CancellationToken ct) => _output.Writer.WriteAsync(result, ct);

    /// <summary>Asks for a keep-alive among the items; none is needed where the queue is full.</summary>
    protected void KeepAlive() => _input.Writer.TryWrite(new(SessionItemKind.KeepAlive, default!));

    private async ValueTask EnqueueAsync(SessionItem<TIn> item, CancellationToken ct)
    {
        if (_completed)
        {
            throw new InvalidOperationException("The session was completed: nothing more can be sent.");
        }

        // After a fault the queue is completed, and what comes is dropped without a word.
        while (await _input.Writer.WaitToWriteAsync(ct))
        {
            if (_input.Writer.TryWrite(item))
            {
                return;
            }
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await WorkAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Disposed: the reader ends without an error.
        }
        finally
        {
            _input.Writer.TryComplete();
            _output.Writer.TryComplete();
        }
    }
}

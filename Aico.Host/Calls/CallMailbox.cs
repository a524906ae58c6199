using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Aico.Host.Calls;

/// <summary>Where everything that happens in a call meets its one loop.</summary>
internal sealed class CallMailbox
{
    // A call makes some tens of signals a second and the loop never waits for anything but them; a queue this deep means that the
    // host has stalled for many seconds. Writers that can wait then do (full mode: wait).
    private const int Capacity = 1024;

    private readonly Channel<CallSignal> _signals = Channel.CreateBounded<CallSignal>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    // What ends with the call is still told of: sessions, attempts. More than that has no reader.
    private const int MaximumLate = 256;

    private readonly ConcurrentQueue<CallEvent> _late = new();
    private volatile bool _closed;

    public ChannelReader<CallSignal> Reader => _signals.Reader;

    /// <summary>
    /// Posts, waiting while the queue is full. After <see cref="Close"/> the signal is dropped, since nobody acts on it any more; but
    /// what it reports is kept for <see cref="TryTakeLate"/>.
    /// </summary>
    public async ValueTask PostAsync(CallSignal signal, CancellationToken ct)
    {
        while (!_signals.Writer.TryWrite(signal))
        {
            if (!await _signals.Writer.WaitToWriteAsync(ct))
            {
                if (signal is CallSignal.Report report && _late.Count < MaximumLate)
                {
                    _late.Enqueue(report.Event);
                }

                return;
            }
        }
    }

    /// <summary>Posts from where nothing can be awaited.</summary>
    /// <exception cref="InvalidOperationException">The queue is full: the call does not keep up.</exception>
    public void Post(CallSignal signal)
    {
        if (!_signals.Writer.TryWrite(signal) && !_closed)
        {
            throw new InvalidOperationException($"The call does not keep up: {Capacity} signals are waiting.");
        }
    }

    /// <summary>Lets the loop look at the time. Where signals are waiting it does so anyway, so a full queue loses nothing: timers' callbacks must not throw.</summary>
    public void Wake() => _signals.Writer.TryWrite(new CallSignal.Deadline());

    /// <summary>Takes the next event that was reported after the end, or stood in the queue then.</summary>
    public bool TryTakeLate([NotNullWhen(true)] out CallEvent? late)
    {
        while (_signals.Reader.TryRead(out var signal))
        {
            if (signal is CallSignal.Report report)
            {
                late = report.Event;
                return true;
            }
        }

        return _late.TryDequeue(out late);
    }

    /// <summary>Ends the mailbox; later posts are dropped.</summary>
    public void Close()
    {
        _closed = true;
        _signals.Writer.TryComplete();
    }
}

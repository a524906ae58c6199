using System.Threading.Channels;
using Aico.Host.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Usage;

/// <summary>
/// Writes the usage of all calls of the host, beside them: nobody who hands rows over waits. Its disposal writes what is waiting. Rows
/// that are not kept are counted and logged; the sink alone decides whether they are tried again.
/// </summary>
internal sealed partial class UsageWriter : IAsyncDisposable
{
    // A batch is a turn of a call, so this is some minutes of a busy host; if the store is stuck for longer, the oldest are given up.
    private const int Capacity = 2_000;

    // Rows of one transaction; several batches share one where they are waiting.
    private const int RowsAtOnce = 500;

    // A sink that waits for another host must not hold up the end of this one.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Channel<IReadOnlyList<UsageRow>> _batches;
    private readonly CancellationTokenSource _stop = new();
    private readonly IUsageSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageWriter> _logger;
    private readonly Task _writing;
    private long _lost;

    public UsageWriter(IUsageSink sink, TimeProvider time, ILogger<UsageWriter> logger)
    {
        (_sink, _time, _logger) = (sink, time, logger);
        _batches = Channel.CreateBounded<IReadOnlyList<UsageRow>>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, batch => Lose(batch.Count, "too much is waiting to be written"));
        _writing = WriteAsync();
    }

    /// <summary>Rows that were not kept.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Takes rows to be written; returns at once. Safe from any thread.</summary>
    public void Post(IReadOnlyList<UsageRow> rows)
    {
        if (rows.Count > 0 && !_batches.Writer.TryWrite(rows))
        {
            Lose(rows.Count, "the host has been stopped");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _batches.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(Farewell, _time);
        }
        catch (TimeoutException)
        {
            _stop.Cancel();
            await _writing;
        }

        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _batches.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var rows = new List<UsageRow>();
            while (rows.Count < RowsAtOnce && _batches.Reader.TryRead(out var batch))
            {
                rows.AddRange(batch);
            }

            try
            {
                await _sink.KeepAsync(rows, _stop.Token);
            }
            catch (UsageNotKeptException e)
            {
                Lose(e.Rows ?? rows.Count, e.Message);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                Lose(rows.Count, "the host has been stopped");
            }
        }
    }

    private void Lose(int rows, string reason) => LogLost(rows, reason, Interlocked.Add(ref _lost, rows));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Rows} rows of usage are not kept: {Reason} ({Lost} since the start)")]
    private partial void LogLost(int rows, string reason, long lost);
}

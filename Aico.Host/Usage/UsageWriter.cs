using System.Threading.Channels;
using Aico.Host.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Usage;

/// <summary>
/// Writes the usage of all calls of the host, beside them: nobody who hands rows over waits. Its disposal writes what is waiting. Rows
/// that are not kept are counted and logged; they are never tried again, so that a store that comes back is not met by a flood.
/// </summary>
internal sealed partial class UsageWriter : IAsyncDisposable
{
    // A batch is a turn of a call, so this is some minutes of a busy host; if the store is stuck for longer, the oldest are given up.
    private const int Capacity = 2_000;

    // Rows of one transaction; several batches share one where they are waiting.
    private const int RowsAtOnce = 500;

    private readonly Channel<IReadOnlyList<UsageRow>> _batches;
    private readonly IUsageSink _sink;
    private readonly ILogger<UsageWriter> _logger;
    private readonly Task _writing;
    private long _lost;

    public UsageWriter(IUsageSink sink, ILogger<UsageWriter> logger)
    {
        (_sink, _logger) = (sink, logger);
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
        await _writing;
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
                await _sink.KeepAsync(rows, CancellationToken.None);
            }
            catch (UsageNotKeptException e)
            {
                Lose(rows.Count, e.Message);
            }
        }
    }

    private void Lose(int rows, string reason) => LogLost(rows, reason, Interlocked.Add(ref _lost, rows));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Rows} rows of usage are not kept: {Reason} ({Lost} since the start)")]
    private partial void LogLost(int rows, string reason, long lost);
}

using System.Text.RegularExpressions;
using System.Threading.Channels;
using Aico.Host.LiveKit.Rtc.Protocol;
using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// The native library's log in the host's, with level and target and without tokens. A logger may block, so records wait in a queue of
/// 256 batches, of which the oldest are dropped and counted. One loop writes them, from the first until disposal.
/// </summary>
internal sealed partial class NativeLog : IAsyncDisposable
{
    private const string VersionMark = "initializing ffi server v";
    private const int QueuedBatches = 256;

    private readonly ILogger _logger;
    private readonly Channel<LogBatch> _batches;
    private readonly TaskCompletionSource<string> _version = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _writing;
    private long _dropped;

    public NativeLog(ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger("Aico.LiveKit.Native");
        _batches = Channel.CreateBounded<LogBatch>(
            new BoundedChannelOptions(QueuedBatches) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        _writing = WriteAllAsync();
    }

    public Task<string> Version => _version.Task;

    public long DroppedBatches => Interlocked.Read(ref _dropped);

    /// <summary>Levels of the library: 0 error, 1 warning, 2 information, 3 debug, 4 trace.</summary>
    public static LogLevel LevelOf(int level) =>
        level switch { 0 => LogLevel.Error, 1 => LogLevel.Warning, 2 => LogLevel.Information, 3 => LogLevel.Debug, _ => LogLevel.Trace };

    public static string WithoutTokens(string text) => text.Contains("eyJ", StringComparison.Ordinal) ? Token().Replace(text, "***") : text;

    public void Write(LogBatch batch)
    {
        if (!_version.Task.IsCompleted)
        {
            FindVersion(batch);
        }

        _batches.Writer.TryWrite(batch);
    }

    public async ValueTask DisposeAsync()
    {
        _batches.Writer.TryComplete();
        await _writing;
    }

    private void FindVersion(LogBatch batch)
    {
        foreach (var record in batch.Records)
        {
            var at = record.Message.IndexOf(VersionMark, StringComparison.Ordinal);
            if (at >= 0)
            {
                _version.TrySetResult(record.Message[(at + VersionMark.Length)..].Trim());
            }
        }
    }

    private async Task WriteAllAsync()
    {
        while (await _batches.Reader.WaitToReadAsync())
        {
            while (_batches.Reader.TryRead(out var batch))
            {
                foreach (var record in batch.Records)
                {
                    Write(record);
                }
            }
        }
    }

    private void Write(LogRecord record)
    {
        var level = LevelOf(record.Level);
        if (_logger.IsEnabled(level))
        {
            _logger.Log(level, "{Target}: {Message}", record.Target, WithoutTokens(record.Message));
        }
    }

    /// <summary>A JSON web token: three parts of base64url, the first of which begins with {" in it.</summary>
    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]*")]
    private static partial Regex Token();
}

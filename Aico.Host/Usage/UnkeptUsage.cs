using Aico.Host.Storage;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Usage;

/// <summary>For a host that has no store and nobody to send usage to: says so once, and counts.</summary>
internal sealed partial class UnkeptUsage(ILogger<UnkeptUsage> logger) : IUsageSink
{
    private long _rows;

    /// <summary>Rows that were given up.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    public ValueTask KeepAsync(IReadOnlyList<UsageRow> rows, CancellationToken ct)
    {
        if (Interlocked.Add(ref _rows, rows.Count) == rows.Count)
        {
            LogUnkept();
        }

        return ValueTask.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Usage of this host's calls is not kept: it has no database of its own, and the backend takes none")]
    private partial void LogUnkept();
}

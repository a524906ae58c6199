using Microsoft.Extensions.Logging;

namespace Aico.Host.Plugins;

/// <summary>
/// Scans when something changes in the plugins folders. Started by the host that serves and stopped by its disposal; a scan reports
/// its errors itself, so nothing ends the watching.
/// </summary>
internal sealed class PluginWatcher : IDisposable
{
    /// <summary>Quiet time after the last change before a scan: copying a plugin raises hundreds of events in a row.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(300);

    private readonly ITimer _timer;
    private readonly List<FileSystemWatcher> _watchers = [];

    public PluginWatcher(IEnumerable<string> roots, PluginScanner scanner, TimeProvider timeProvider, ILogger<PluginWatcher> logger)
    {
        _timer = timeProvider.CreateTimer(_ => Scan(scanner), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var root in roots)
        {
            if (!Directory.Exists(root))
            {
                logger.LogWarning("{Folder} does not exist: plugins put there later need a restart.", root);
                continue;
            }

            var watcher = new FileSystemWatcher(root)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, _) => Arm();
            watcher.Changed += (_, _) => Arm();
            watcher.Deleted += (_, _) => Arm();
            watcher.Renamed += (_, _) => Arm();
            // Events were lost: something has changed, and a scan finds out what.
            watcher.Error += (_, _) => Arm();
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
        {
            watcher.Dispose();
        }

        _timer.Dispose();
    }

    private void Scan(PluginScanner scanner)
    {
        if (!scanner.Rescan())
        {
            Arm();
        }
    }

    private void Arm() => _timer.Change(Debounce, Timeout.InfiniteTimeSpan);
}

using Microsoft.Extensions.Logging;

namespace Aico.Host.Organizations.Files;

/// <summary>
/// Tells of changes in a folder, a moment after they were made; looks by itself from time to time, for file systems that tell nothing.
/// Begins with <see cref="Start"/>, ends with its disposal; the reader handles its own errors.
/// </summary>
internal sealed partial class FolderWatcher : IAsyncDisposable
{
    /// <summary>Quiet time after the last event: an editor writes in several steps.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(150);

    /// <summary>From the first event on nobody waits longer, however many follow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it looks by itself; secrets in files of their own are seen by this alone.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly Action<FolderChanges> _read;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private HashSet<string> _names = [];
    private bool _isEverything;
    private long? _first;
    private FileSystemWatcher? _events;
    private bool _isRefused;
    private bool _isDisposed;

    public FolderWatcher(string folder, Action<FolderChanges> read, TimeProvider time, ILogger logger)
    {
        (_folder, _read, _time, _logger) = (folder, read, time, logger);
        _timer = time.CreateTimer(_ => Read(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Watched before the first reading: what changes in between is seen by one of the two.
        Watch();
    }

    public void Start() => _timer.Change(Debounce, Timeout.InfiniteTimeSpan);

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _events?.Dispose();
        await _timer.DisposeAsync();
    }

    private void Read()
    {
        FolderChanges changes;
        lock (_lock)
        {
            changes = new FolderChanges(_isEverything, _names);
            (_names, _isEverything, _first) = ([], false, null);
        }

        Watch();
        _read(changes);
        lock (_lock)
        {
            if (!_isDisposed && _first is null)
            {
                _timer.Change(Period, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Watch()
    {
        if (_events is not null || _isRefused || !Directory.Exists(_folder))
        {
            return;
        }

        try
        {
            var events = new FileSystemWatcher(_folder)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            events.Created += (_, e) => Arm(e.Name);
            events.Changed += (_, e) => Arm(e.Name);
            events.Deleted += (_, e) => Arm(e.Name);
            events.Renamed += (_, e) => Arm(e.Name);
            // Events were lost: any file may have changed.
            events.Error += (_, _) => Arm(null);
            events.EnableRaisingEvents = true;
            _events = events;
        }
        catch (Exception e) when (e is IOException or ArgumentException or PlatformNotSupportedException)
        {
            _isRefused = true;
            LogPolling(_folder, Period.TotalSeconds, e.Message);
        }
    }

    private void Arm(string? name)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            if (name is not null && FolderReading.IsOrganization(name))
            {
                _names.Add(name);
            }
            else if (name?.EndsWith(".json", StringComparison.Ordinal) != true)
            {
                // A mounted folder is exchanged as a whole, by a link of another name.
                _isEverything = true;
            }

            var now = _time.GetTimestamp();
            _first ??= now;
            var left = Longest - _time.GetElapsedTime(_first.Value, now);
            _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < Debounce ? left : Debounce, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes in {Folder} are looked for every {Seconds} s, since the system does not tell of them: {Reason}")]
    private partial void LogPolling(string folder, double seconds, string reason);
}

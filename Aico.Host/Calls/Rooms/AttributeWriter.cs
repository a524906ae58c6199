using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Writes the agent's attributes. One write is on its way at a time; what changes meanwhile waits together, the latest value of each,
/// so a slow server never gets a queue. Started by its construction; disposal lets the last write out, in bounded time.
/// </summary>
internal sealed partial class AttributeWriter : IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly IRoom _room;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AsyncSignal _changed = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _writing;
    private Dictionary<string, string> _pending = [];
    private bool _stopped;

    public AttributeWriter(IRoom room, TimeProvider time, ILogger logger)
    {
        (_room, _time, _logger) = (room, time, logger);
        _writing = RunAsync();
    }

    public void Set(string name, string value) => Set([KeyValuePair.Create(name, value)]);

    /// <summary>Goes out in one write.</summary>
    public void Set(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        lock (_lock)
        {
            foreach (var (name, value) in attributes)
            {
                _pending[name] = value;
            }
        }

        _changed.Set();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopped = true;
        }

        _changed.Set();
        using var timer = _time.CreateTimer(_ => _abort.Cancel(), null, LastWrite, Timeout.InfiniteTimeSpan);
        await _writing;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                Dictionary<string, string> next;
                bool isLast;
                lock (_lock)
                {
                    (next, _pending, isLast) = (_pending, [], _stopped);
                }

                if (next.Count > 0)
                {
                    await WriteAsync(next);
                }
                else if (isLast)
                {
                    return;
                }
                else
                {
                    await _changed.WaitAsync(_abort.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_abort.IsCancellationRequested)
        {
            // The time was over.
        }
    }

    private async Task WriteAsync(Dictionary<string, string> attributes)
    {
        try
        {
            await _room.SetAttributesAsync(attributes, _abort.Token);
        }
        catch (RoomException e) when (e.Failure == RoomFailure.Disconnected)
        {
            // Nobody reads them any more.
        }
        catch (RoomException e)
        {
            LogRefused(e.Message);
            lock (_lock)
            {
                // What has changed meanwhile is newer.
                foreach (var (name, value) in attributes)
                {
                    _pending.TryAdd(name, value);
                }
            }

            await Task.Delay(RetryPause, _time, _abort.Token);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent's attributes could not be written and will be again: {Reason}")]
    private partial void LogRefused(string reason);
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Aico.Host.LiveKit.Worker;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>
/// Tells systemd how this process is, by datagrams to NOTIFY_SOCKET (sd_notify(3)): that it serves, reloads or stops, in a line what it
/// does, and at half the watchdog's time that it is alive. Started by anything else it tells nobody. Safe from any thread, never waits.
/// </summary>
internal sealed partial class ServiceManager : IDisposable
{
    public const string SocketVariable = "NOTIFY_SOCKET";
    public const string WatchdogVariable = "WATCHDOG_USEC";
    public const string WatchdogProcessVariable = "WATCHDOG_PID";

    /// <summary>They are for this process alone.</summary>
    public static IReadOnlyList<string> Variables { get; } = [SocketVariable, WatchdogVariable, WatchdogProcessVariable];

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Socket? _socket;
    private readonly TimeSpan? _period;
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private AgentWorker? _worker;
    private bool _isStopping;
    private bool _hasFailed;

    /// <param name="variable">Reads the environment of this process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears where the service manager cannot be told.</param>
    public ServiceManager(Func<string, string?> variable, TimeProvider time, ILogger logger)
    {
        (_time, _logger) = (time, logger);
        if (variable(SocketVariable) is not { Length: > 1 } path)
        {
            return;
        }

        _period = PeriodOf(variable);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            // A name that begins with @ is in the abstract namespace, whose names begin with a zero.
            _socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
        }
        catch (SocketException e)
        {
            _hasFailed = true;
            LogUntold(e.Message);
        }
    }

    /// <summary>Reads the variables and takes them from the environment, so that programs that this one starts are not taken for it.</summary>
    public static ServiceManager Take(TimeProvider time, ILogger logger)
    {
        var manager = new ServiceManager(Environment.GetEnvironmentVariable, time, logger);
        foreach (var name in Variables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        return manager;
    }

    /// <summary>The host serves. From here on the watchdog is fed: by a timer on the thread pool, so that a starved pool feeds it no more.</summary>
    /// <param name="worker">Whose calls are told of; null: this process takes none.</param>
    public void Ready(AgentWorker? worker)
    {
        if (_socket is null)
        {
            return;
        }

        _worker = worker;
        Send($"READY=1\n{Status()}");
        if (worker is not null)
        {
            worker.StateChanged += Tell;
        }

        if (_period is { } period)
        {
            lock (_lock)
            {
                _timer = _time.CreateTimer(_ => Send("WATCHDOG=1"), null, period, period);
            }
        }
    }

    /// <summary>Does it, and tells that it was done.</summary>
    public void Reload(Action reload)
    {
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={_time.GetTimestamp() * 1_000_000m / _time.TimestampFrequency:0}\nSTATUS=Reading configuration again"));
        reload();
        // Who was asked to stop meanwhile is not ready any more.
        Send(_isStopping ? Status() : $"READY=1\n{Status()}");
    }

    /// <summary>The host ends when its calls have ended.</summary>
    /// <param name="atMost">After this long it has ended in any case; the service manager is asked to wait for so long.</param>
    public void Stopping(TimeSpan atMost)
    {
        _isStopping = true;
        Send(string.Create(CultureInfo.InvariantCulture, $"STOPPING=1\nEXTEND_TIMEOUT_USEC={atMost.TotalMicroseconds:0}\n{Status()}"));
    }

    public void Dispose()
    {
        if (_worker is not null)
        {
            _worker.StateChanged -= Tell;
        }

        lock (_lock)
        {
            _timer?.Dispose();
            _socket?.Dispose();
        }
    }

    // Half the time, as sd_watchdog_enabled(3) recommends. A watchdog that is another process's is not ours to feed.
    private static TimeSpan? PeriodOf(Func<string, string?> variable) =>
        long.TryParse(variable(WatchdogVariable), CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
        && (variable(WatchdogProcessVariable) is not { Length: > 0 } owner || owner == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(microseconds / 2)
            : null;

    private void Tell(WorkerState state) => Send(Status());

    private string Status()
    {
        if (_worker?.State is not { } state)
        {
            return _isStopping ? "STATUS=Stopping" : "STATUS=Serving the API; takes no calls";
        }

        var calls = $"{state.ActiveJobs.Count} calls";
        return _isStopping ? $"STATUS=Stopping: {calls} go on"
            : state.IsConnected ? $"STATUS={calls}{(state.IsFull ? ", full" : "")}"
            : $"STATUS={calls}; not registered at the LiveKit server";
    }

    private void Send(string message)
    {
        lock (_lock)
        {
            if (_socket is null || _hasFailed)
            {
                return;
            }

            try
            {
                _socket.Send(Encoding.UTF8.GetBytes(message));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // Its queue is full: a watchdog's or status line is sent again soon.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                _hasFailed = true;
                LogUntold(e.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The service manager cannot be told how this host is: {Reason}")]
    private partial void LogUntold(string reason);
}

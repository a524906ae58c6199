using Aico.Host.Calls.Rooms.Remote;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc;
using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Worker;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Serves calls in rooms: the native library, the worker and what does its jobs. One in a process, since the library is one. Whoever opens
/// it runs <see cref="Worker"/>, and disposes it once that has ended, before the process does.
/// </summary>
internal sealed class AgentService : IAsyncDisposable
{
    // The oldest whose messages are known to be those of LiveKit/Rtc/Protocol.
    private static readonly Version OldestVersion = new(0, 12, 73);
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(10);

    private readonly FfiClient _native;
    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly TimerLagLoad _lag;

    private AgentService(AgentServiceOptions options)
    {
        (_time, _path) = (options.Time, options.LibraryPath);
        _native = new FfiClient(FfiLibrary.Load(options.LibraryPath), options.Loggers);
        _lag = new TimerLagLoad(options.Time);
        Connector = new RtcRoomConnector(_native, options.Loggers, options.Time);
        var handler = new RoomJobHandler(new RoomServices
        {
            Connector = Connector,
            Agents = options.Agents,
            Registry = options.Registry,
            Administration = new LiveKitAdministration(options.Api),
            Extensions = [new RemoteSessions(options.Time, options.Loggers), .. options.Extensions],
            Recorder = options.Recorder,
            Time = options.Time,
            Loggers = options.Loggers,
        });
        Worker = new AgentWorker(
            options.LiveKit,
            options.Worker,
            handler,
            new WebSocketDialer(),
            [new CpuLoad(CpuAccount.Find("/", Environment.GetEnvironmentVariable), options.Time), _lag, new AudioAgeLoad(_native.Audio.TakeWorstAge)],
            options.Time,
            options.Loggers);
    }

    public AgentWorker Worker { get; }

    public IRoomConnector Connector { get; }

    /// <summary>Completes, with what it said, when the native library has broken: only a new process helps.</summary>
    public Task<string> Broken => _native.Broken;

    /// <summary>Handles that the native library keeps for this process.</summary>
    public long LiveHandles => _native.LiveHandles;

    /// <exception cref="RoomException">The native library is missing or does not fit.</exception>
    public static AgentService Open(AgentServiceOptions options) => new(options);

    /// <summary>Waits for the native library to say its version, about a second after its start, and returns it.</summary>
    /// <exception cref="RoomException">It is older than what this host was built for, or says none: it is another library.</exception>
    public async Task<string> CheckLibraryAsync(CancellationToken ct)
    {
        string text;
        try
        {
            text = await _native.Version.WaitAsync(VersionTimeout, _time, ct);
        }
        catch (TimeoutException e)
        {
            throw new RoomException(RoomFailure.Library, $"The native library {_path} does not say its version: is it LiveKit's?", e);
        }

        return Version.TryParse(text, out var version) && version >= OldestVersion
            ? text
            : throw new RoomException(
                RoomFailure.Library, $"The native library {_path} has version {text}; {OldestVersion} or later is needed. The build script brings it.");
    }

    public async ValueTask DisposeAsync()
    {
        Worker.Dispose();
        _lag.Dispose();
        await _native.DisposeAsync();
    }
}

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
    private readonly FfiClient _native;

    private AgentService(AgentServiceOptions options)
    {
        _native = new FfiClient(FfiLibrary.Load(options.LibraryPath), options.Loggers);
        Connector = new RtcRoomConnector(_native, options.Loggers, options.Time);
        var handler = new RoomJobHandler(new RoomServices
        {
            Connector = Connector,
            Agents = options.Agents,
            Registry = options.Registry,
            Administration = new LiveKitAdministration(options.Api),
            Extensions = [new RemoteSessions(options.Time, options.Loggers), .. options.Extensions],
            Time = options.Time,
            Loggers = options.Loggers,
        });
        Worker = new AgentWorker(
            options.LiveKit,
            options.Worker,
            handler,
            new WebSocketDialer(),
            [new CpuLoad(CpuAccount.Find("/", Environment.GetEnvironmentVariable), options.Time)],
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

    public async ValueTask DisposeAsync()
    {
        Worker.Dispose();
        await _native.DisposeAsync();
    }
}

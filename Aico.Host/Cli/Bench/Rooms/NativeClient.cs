using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc;
using Aico.Host.LiveKit.Rtc.Native;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The native library of a process that joins rooms without an agent.</summary>
internal sealed class NativeClient : IAsyncDisposable
{
    private readonly ILoggerFactory _loggers = ChildLoop.Loggers();
    private readonly FfiClient _client;

    public NativeClient(AicoHost host)
    {
        var path = FfiLibrary.PathFor(host.Options.HostFolder, Environment.GetEnvironmentVariable(FfiLibrary.PathVariable));
        _client = new FfiClient(FfiLibrary.Load(path), _loggers);
        Connector = new RtcRoomConnector(_client, _loggers, TimeProvider.System);
    }

    public IRoomConnector Connector { get; }

    public long LiveHandles => _client.LiveHandles;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _loggers.Dispose();
    }
}

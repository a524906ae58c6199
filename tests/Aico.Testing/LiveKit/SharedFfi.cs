using Aico.Host.LiveKit.Rtc;
using Aico.Host.LiveKit.Rtc.Native;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Testing.LiveKit;

/// <summary>The one client of the native library that a test process can have: it is loaded for the first test that needs it and ends with the process.</summary>
internal static class SharedFfi
{
    private static readonly Lazy<FfiClient> _client = new(Start);

    public static FfiClient Client => _client.Value;

    public static RtcRoomConnector Connector(ILoggerFactory? loggers = null, TimeProvider? time = null) =>
        new(Client, loggers ?? NullLoggerFactory.Instance, time ?? TimeProvider.System);

    private static FfiClient Start()
    {
        var library = FfiLibrary.Load(FfiLibrary.PathFor(
            Path.Combine(TestPaths.Repository, "artifacts", "aico"), Environment.GetEnvironmentVariable(FfiLibrary.PathVariable)));
        return new FfiClient(library, NullLoggerFactory.Instance);
    }
}

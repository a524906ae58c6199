using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>Keeps what the caller said before the connection stood until somebody hears. Used under its owner's lock.</summary>
internal sealed partial class EarlyAudio(TimeProvider time, ILogger logger)
{
    private (short[] Samples, long At)? _kept;

    /// <summary>It has come. What cannot be read counts as nothing, which is no longer waited for.</summary>
    public void Came(RoomEvent.BytesReceived stream, CallerHearing? hearing)
    {
        if (PreConnectAudio.Read(stream, out var reason) is not { } samples)
        {
            LogSkipped(reason);
            samples = [];
        }

        _kept = (samples, time.GetTimestamp());
        if (hearing is not null)
        {
            HandTo(hearing);
        }
    }

    public void HandTo(CallerHearing hearing)
    {
        if (_kept is { } kept)
        {
            hearing.Early(kept.Samples, time.GetElapsedTime(kept.At));
            _kept = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What the caller said before the connection stood is left out: {Reason}")]
    private partial void LogSkipped(string reason);
}

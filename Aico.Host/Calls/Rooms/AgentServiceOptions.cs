using Aico.Abstractions;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Worker;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>What a process needs to serve calls in rooms.</summary>
internal sealed record AgentServiceOptions
{
    public required LiveKitSettings LiveKit { get; init; }

    public required LiveKitApi Api { get; init; }

    public required WorkerOptions Worker { get; init; }

    public required IAgentDirectory Agents { get; init; }

    public required RoomCallRegistry Registry { get; init; }

    /// <summary>LiveKit's native library.</summary>
    public required string LibraryPath { get; init; }

    /// <summary>Beside the remote session.</summary>
    public IReadOnlyList<IRoomExtensionFactory> Extensions { get; init; } = [];

    /// <summary>Makes what records a call's usage; null: nothing is recorded.</summary>
    public Func<CallIdentity, ICallObserver>? Recorder { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}

using Aico.Abstractions;
using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>What calls in rooms need of the host. Safe from any thread.</summary>
internal sealed record RoomServices
{
    public required IRoomConnector Connector { get; init; }

    public required IAgentDirectory Agents { get; init; }

    public required RoomCallRegistry Registry { get; init; }

    /// <summary>Null: rooms cannot be deleted, and callers not be transferred.</summary>
    public IRoomAdministration? Administration { get; init; }

    public IReadOnlyList<IRoomExtensionFactory> Extensions { get; init; } = [];

    /// <summary>Makes what records a call's usage: it sees the call's events from the first on. Null: nothing is recorded.</summary>
    public Func<CallIdentity, ICallObserver>? Recorder { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}

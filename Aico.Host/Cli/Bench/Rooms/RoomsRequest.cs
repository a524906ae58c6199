using Aico.Host.LiveKit.Access;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What <c>aico bench rooms</c> was asked for, checked.</summary>
/// <param name="LiveKit">The server.</param>
/// <param name="Calls">Rooms with a caller and an agent, at one time.</param>
/// <param name="Duration">How long is measured.</param>
/// <param name="Cycles">Times that a room is joined and left.</param>
internal sealed record RoomsRequest(LiveKitSettings LiveKit, int Calls, TimeSpan Duration, int Cycles);

using Aico.Host.Calls.Rooms;

namespace Aico.Host.Telemetry.Live;

/// <summary>A call that goes on, with what the host's monitor has seen of its audio.</summary>
/// <param name="Status">The call.</param>
/// <param name="LateFrames">Frames of speech that came late, since it began.</param>
/// <param name="DroppedFrames">Frames that were dropped, either way, since it began.</param>
/// <param name="QueueAge">How long the caller's audio waited at most, at the latest look.</param>
internal sealed record CallReading(RoomCallStatus Status, long LateFrames, long DroppedFrames, TimeSpan QueueAge);

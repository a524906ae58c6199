namespace Aico.Host.Telemetry.Monitoring;

/// <summary>What became of a call's audio since it was last told of.</summary>
/// <param name="LateFrames">Frames of speech that came late.</param>
/// <param name="LongestGap">The longest silence that they left.</param>
/// <param name="LongestWait">How long the caller's audio waited at most.</param>
/// <param name="DroppedFrames">Frames that were dropped, either way.</param>
internal sealed record AudioTrouble(long LateFrames, TimeSpan LongestGap, TimeSpan LongestWait, long DroppedFrames);

namespace Aico.Host.Calls.Rooms;

/// <summary>How a call's audio fares.</summary>
/// <param name="LateFrames">Frames of speech that came after the frame before them had been heard out, since the call began.</param>
/// <param name="LongestGap">The longest silence that one of them left, since the last reading.</param>
/// <param name="LongestWait">How long what the caller says has waited to be heard at most, since the last reading.</param>
/// <param name="DroppedHeard">Frames of the caller that were dropped, since the call began.</param>
/// <param name="DroppedSpoken">Frames of the agent that were dropped, since the call began.</param>
internal readonly record struct CallAudioReading(long LateFrames, TimeSpan LongestGap, TimeSpan LongestWait, long DroppedHeard, long DroppedSpoken);

namespace Aico.Host.LiveKit.Rooms;

/// <summary>The audio of a subscribed track. Disposal ends it and lets go of the native stream.</summary>
internal interface IReceivedAudio : IAsyncDisposable
{
    /// <summary>
    /// Frames in the format and duration asked for, as they come, silence before media flows included. One reader. Ends when the track,
    /// the room or this object is gone. A reader that falls behind loses the oldest, which is counted.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync(CancellationToken ct);

    long DroppedFrames { get; }

    /// <summary>How long a frame has waited for the reader at most since the last question; of one asker. From any thread.</summary>
    TimeSpan TakeLongestWait() => TimeSpan.Zero;
}

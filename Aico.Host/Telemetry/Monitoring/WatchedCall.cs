using Aico.Host.Calls.Rooms;

namespace Aico.Host.Telemetry.Monitoring;

/// <summary>What the monitor knows of one call's audio. Of the monitor's own thread.</summary>
internal sealed class WatchedCall
{
    private long _lateTold;
    private long _droppedTold;
    private TimeSpan _longestGap;
    private TimeSpan _longestWait;
    private long? _toldAt;

    public CallAudioReading Last { get; private set; }

    /// <summary>Takes the next reading and returns how many frames were late and dropped since the one before.</summary>
    public (long Late, long DroppedHeard, long DroppedSpoken) Take(CallAudioReading reading)
    {
        var before = Last;
        Last = reading;
        _longestGap = reading.LongestGap > _longestGap ? reading.LongestGap : _longestGap;
        _longestWait = reading.LongestWait > _longestWait ? reading.LongestWait : _longestWait;
        // A room that is left takes its counts along.
        return (
            Math.Max(0, reading.LateFrames - before.LateFrames),
            Math.Max(0, reading.DroppedHeard - before.DroppedHeard),
            Math.Max(0, reading.DroppedSpoken - before.DroppedSpoken));
    }

    /// <summary>What is worth a line in the log, all since the last one; null where nothing is, or a line was written lately.</summary>
    public AudioTrouble? Trouble(TimeSpan gap, TimeSpan wait, TimeSpan pause, TimeProvider time)
    {
        var dropped = Last.DroppedHeard + Last.DroppedSpoken;
        var isTrouble = _longestGap >= gap || _longestWait >= wait || dropped > _droppedTold;
        if (!isTrouble || (_toldAt is { } told && time.GetElapsedTime(told) < pause))
        {
            return null;
        }

        var trouble = new AudioTrouble(Math.Max(0, Last.LateFrames - _lateTold), _longestGap, _longestWait, dropped - _droppedTold);
        (_lateTold, _droppedTold, _longestGap, _longestWait, _toldAt) = (Last.LateFrames, dropped, TimeSpan.Zero, TimeSpan.Zero, time.GetTimestamp());
        return trouble;
    }
}

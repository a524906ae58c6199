using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Receives the caller's microphone and no other track. Used under the session's lock; the reading runs beside it and ends with the
/// track, with another caller or with disposal.
/// </summary>
internal sealed partial class CallerMicrophone(IRoom room, ILogger logger) : IAsyncDisposable
{
    // A window of the voice activity model. In frames of 20 ms a window waits 8 ms on the average for the rest of a frame, and the host wakes
    // fifty times a second instead of thirty-one.
    private static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(32);

    // Native processing takes pieces of 10 ms and leaves a rest as it is.
    private static readonly TimeSpan ProcessedFrameDuration = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource? _stopTrack;
    private Task _reading = Task.CompletedTask;
    private volatile IReceivedAudio? _audio;
    private long _droppedBefore;

    /// <summary>The track that is wanted; null where the caller has none.</summary>
    public RoomTrack? Track { get; private set; }

    /// <summary>True from the moment its audio can be read.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>How long audio has waited for its reader at most since the last question. From any thread.</summary>
    public TimeSpan TakeLongestWait() => _audio?.TakeLongestWait() ?? TimeSpan.Zero;

    /// <summary>Frames that were dropped because the reader did not keep up. From any thread.</summary>
    public long DroppedFrames => Interlocked.Read(ref _droppedBefore) + (_audio?.DroppedFrames ?? 0);

    /// <summary>Wants the microphone of this caller, as it is now; nobody's where there is none.</summary>
    public void Follow(RoomParticipant? caller)
    {
        var track = caller is null ? null : Choose(caller.Tracks);
        if (track?.Sid == Track?.Sid)
        {
            Track = track;
            return;
        }

        Close();
        Track = track;
        if (track is not null)
        {
            room.SetSubscribed(track.Sid, true);
        }
    }

    /// <summary>Asks again for what did not come: a wish that was sent while the connection was away is lost.</summary>
    public void Insist()
    {
        if (Track is { } track && !IsOpen)
        {
            room.SetSubscribed(track.Sid, true);
        }
    }

    /// <summary>The media of a track is there. Returns true where it is the one that is wanted.</summary>
    public bool Opens(string trackSid, RoomAudioProcessing processing, Action<ReadOnlyMemory<short>> hear)
    {
        if (trackSid != Track?.Sid || IsOpen)
        {
            return false;
        }

        var audio = room.OpenAudio(trackSid, AudioFormat.Speech, processing.IsNeeded ? ProcessedFrameDuration : FrameDuration, processing);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _stopTrack = stop;
        _reading = ReadAsync(_reading, audio, hear, stop);
        IsOpen = true;
        return true;
    }

    /// <summary>The media of a track is gone; it may come again.</summary>
    public void Closes(string trackSid)
    {
        if (trackSid == Track?.Sid)
        {
            StopReading();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _reading;
        _stop.Dispose();
    }

    private void Close()
    {
        StopReading();
        if (Track is { } track)
        {
            room.SetSubscribed(track.Sid, false);
        }
    }

    private void StopReading()
    {
        _stopTrack?.Cancel();
        _stopTrack = null;
        IsOpen = false;
    }

    // Some publishers do not say what a track is.
    private static RoomTrack? Choose(IReadOnlyList<RoomTrack> tracks) =>
        tracks.FirstOrDefault(track => track is { Kind: TrackKind.Audio, Source: TrackSource.Microphone })
        ?? tracks.FirstOrDefault(track => track is { Kind: TrackKind.Audio, Source: TrackSource.Unknown });

    private async Task ReadAsync(Task before, IReceivedAudio audio, Action<ReadOnlyMemory<short>> hear, CancellationTokenSource stop)
    {
        await before;
        _audio = audio;
        try
        {
            await foreach (var samples in audio.ReadAsync(stop.Token))
            {
                hear(samples);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Another track is next, or none.
        }
        catch (RoomException e)
        {
            LogLost(e.Message);
        }
        finally
        {
            _audio = null;
            Interlocked.Add(ref _droppedBefore, audio.DroppedFrames);
            await audio.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The caller's audio broke off: {Reason}")]
    private partial void LogLost(string reason);
}

using System.Collections.Concurrent;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>What was opened in a room and not closed: tracks of ours, audio that is heard, texts that are written. It goes with the room.</summary>
internal sealed class RoomHoldings(RoomRequests requests, RoomState state, CancellationToken ended) : IAsyncDisposable
{
    // The library's own ten frames overflow when its one audio thread gets no processor for a moment (seen under load).
    private const uint NativeQueueFrames = 50;

    private readonly ConcurrentDictionary<PublishedAudio, bool> _published = new();
    private readonly ConcurrentDictionary<ReceivedAudio, bool> _received = new();
    private readonly ConcurrentDictionary<RoomTextWriter, bool> _writers = new();

    public async Task<IPublishedAudio> PublishAsync(string name, TrackSource source, AudioFormat format, TimeSpan queue, CancellationToken ct)
    {
        if (queue <= TimeSpan.Zero || queue.Ticks % (10 * TimeSpan.TicksPerMillisecond) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(queue), queue, "A positive multiple of 10 ms is needed: the library panics at others.");
        }

        var track = await requests.PublishAsync(name, source, format, queue, ct);
        var audio = new PublishedAudio(requests.Client, track, format, queue)
        {
            Sending = PlayToCancellers,
            Closed = closed => _published.TryRemove(closed, out _),
        };
        _published[audio] = true;
        if (ended.IsCancellationRequested)
        {
            await audio.DisposeAsync();
            throw RoomRequests.Gone();
        }

        return audio;
    }

    /// <summary>Audio of a track that has gone is at its end from the start: its going is an event that the reader has not read yet.</summary>
    public IReceivedAudio OpenAudio(string trackSid, AudioFormat format, TimeSpan frame, RoomAudioProcessing processing)
    {
        using var held = new HandleBag();
        var stream = state.Track(trackSid) is { } track && StreamOf(track, format, frame) is { } opened ? held.Add(opened) : null;
        var processor = stream is not null && processing.IsNeeded ? new AudioProcessor(requests.Client, format, processing) : null;
        held.Keep();
        var audio = new ReceivedAudio(requests.Client, trackSid, stream, processor, frame, closed => _received.TryRemove(closed, out _));
        _received[audio] = true;
        if (ended.IsCancellationRequested || state.Track(trackSid) is null)
        {
            audio.End();
        }

        return audio;
    }

    public async Task<IRoomTextWriter> OpenTextAsync(RoomText stream, CancellationToken ct)
    {
        var writer = new RoomTextWriter(requests, await requests.OpenTextAsync(stream, ct), closed => _writers.TryRemove(closed, out _));
        _writers[writer] = true;
        if (ended.IsCancellationRequested)
        {
            writer.LetGo();
            throw RoomRequests.Gone();
        }

        return writer;
    }

    /// <summary>A full reconnect has given a track of ours another sid.</summary>
    public RoomEvent? Republished(FfiRoomEvent message)
    {
        if (message.LocalTrackRepublished is not { } republished)
        {
            return null;
        }

        foreach (var audio in _published.Keys.Where(audio => audio.Track.Sid == republished.PreviousSid))
        {
            audio.Track.Sid = republished.Info.Sid;
        }

        return new RoomEvent.LocalTrackRepublished(republished.PreviousSid, republished.Info.Sid);
    }

    /// <summary>The library does not end the audio of a track that we are no longer subscribed to.</summary>
    public void EndGone(FfiRoomEvent message)
    {
        var gone = message.TrackUnsubscribed ?? message.TrackUnpublished;
        foreach (var audio in _received.Keys.Where(audio => gone is not null && audio.TrackSid == gone.TrackSid))
        {
            audio.End();
        }
    }

    /// <summary>We are out of the room: nothing more is heard.</summary>
    public void End()
    {
        foreach (var audio in _received.Keys)
        {
            audio.End();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var audio in _published.Keys)
        {
            await audio.DisposeAsync();
        }

        foreach (var audio in _received.Keys)
        {
            await audio.DisposeAsync();
        }

        foreach (var writer in _writers.Keys)
        {
            writer.LetGo();
        }
    }

    /// <summary>Null where the library refuses, as it does of a track that has gone: it lets go of one before it tells.</summary>
    private FfiHandle? StreamOf(ulong track, AudioFormat format, TimeSpan frame)
    {
        try
        {
            var answer = requests.Send(new FfiRequest
            {
                NewAudioStream = new NewAudioStreamRequest
                {
                    TrackHandle = track,
                    SampleRate = (uint)format.SampleRate,
                    NumChannels = (uint)format.Channels,
                    FrameSizeMs = (uint)frame.TotalMilliseconds,
                    QueueSizeFrames = NativeQueueFrames,
                },
            });
            return new FfiHandle(requests.Client, answer.NewAudioStream.Stream.Handle);
        }
        catch (RoomException refused) when (refused.Failure == RoomFailure.Rejected)
        {
            return null;
        }
    }

    /// <summary>Echo cancellers compare what they hear with what we play.</summary>
    private void PlayToCancellers(ReadOnlyMemory<short> samples, AudioFormat format)
    {
        // Enumerated, not Keys: that one copies, 50 times a second.
        foreach (var (audio, _) in _received)
        {
            if (audio.Processor is { CancelsEcho: true } canceller)
            {
                canceller.Play(samples, format);
            }
        }
    }
}

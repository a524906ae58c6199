using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;
using Google.Protobuf;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// Our track. Samples wait in a ring of the length of the native queue and go over in frames of at most 20 ms, one at a time, as the
/// library demands: the next goes from the thread that hears that the last one arrived, so no thread is woken for audio.
/// </summary>
internal sealed class PublishedAudio : IPublishedAudio
{
    private static readonly TimeSpan _frame = TimeSpan.FromMilliseconds(20);

    private readonly FfiClient _client;
    private readonly PublishedTrack _track;
    private readonly ulong _captureId;
    private readonly Lock _gate = new();
    private readonly short[] _ring;
    private readonly short[] _outgoing;
    private readonly FfiRequest _request;
    private readonly byte[] _requestBytes = new byte[128];
    private int _head;
    private int _count;
    private bool _isSending;
    private bool _wasCleared;
    private bool _isClosed;
    private long _droppedFrames;

    public PublishedAudio(FfiClient client, PublishedTrack track, AudioFormat format, TimeSpan queue)
    {
        _client = client;
        _track = track;
        Format = format;
        // Pinned for good: its address is in the request. The library copies it within the call.
        _outgoing = GC.AllocateUninitializedArray<short>(format.SamplesIn(_frame), pinned: true);
        _ring = new short[Math.Max(format.SamplesIn(queue), _outgoing.Length)];
        _captureId = client.NextId();
        _request = CaptureRequest();
        client.Audio.Add(_captureId, this);
    }

    public string TrackSid => _track.Sid;

    public AudioFormat Format { get; }

    public long DroppedFrames => Interlocked.Read(ref _droppedFrames);

    /// <summary>What goes to the library, for who cancels its echo; on the thread that sends.</summary>
    public required Action<ReadOnlyMemory<short>, AudioFormat> Sending { get; init; }

    /// <summary>Told at disposal.</summary>
    public required Action<PublishedAudio> Closed { get; init; }

    public PublishedTrack Track => _track;

    public void Play(ReadOnlyMemory<short> samples)
    {
        lock (_gate)
        {
            var taken = Math.Min(samples.Length, _isClosed ? 0 : _ring.Length - _count);
            Write(samples.Span[..taken]);
            Lose(samples.Length - taken);
            if (_isSending || _count == 0)
            {
                return;
            }

            _isSending = true;
        }

        SendNext();
    }

    public void Clear()
    {
        lock (_gate)
        {
            _count = 0;
            // A frame on its way may arrive after this request: it is cleared again then.
            _wasCleared = _isSending;
        }

        ClearNative();
    }

    public void SetMuted(bool isMuted) =>
        _client.Send(new FfiRequest { LocalTrackMute = new LocalTrackMuteRequest { TrackHandle = _track.Track.Id, Mute = isMuted } });

    /// <summary>The library has a frame; on a thread of the library.</summary>
    public void OnCaptured(bool isLost)
    {
        if (isLost)
        {
            Interlocked.Increment(ref _droppedFrames);
        }

        bool clear;
        lock (_gate)
        {
            clear = _wasCleared;
            _wasCleared = false;
            if (_count == 0)
            {
                _isSending = false;
            }
        }

        if (clear)
        {
            ClearNative();
        }

        SendNext();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _count = 0;
        }

        _client.Audio.RemoveCapture(_captureId);
        await _track.DisposeAsync();
        Closed(this);
    }

    /// <summary>Sends until the library has taken one: only one may be on its way, and its arrival brings us back here.</summary>
    private void SendNext()
    {
        while (true)
        {
            int samples;
            lock (_gate)
            {
                if (!_isSending)
                {
                    return;
                }

                samples = Read(_outgoing);
                if (samples == 0)
                {
                    _isSending = false;
                    return;
                }
            }

            Sending(_outgoing.AsMemory(0, samples), Format);
            if (Send(samples))
            {
                return;
            }

            Interlocked.Increment(ref _droppedFrames);
        }
    }

    private bool Send(int samples)
    {
        _request.CaptureAudioFrame.Buffer.SamplesPerChannel = (uint)(samples / Format.Channels);
        var bytes = _requestBytes.AsSpan(0, _request.CalculateSize());
        _request.WriteTo(bytes);
        return _client.TrySend(bytes);
    }

    private void ClearNative()
    {
        var request = new FfiRequest { ClearAudioBuffer = new ClearAudioBufferRequest { SourceHandle = _track.Source.Id } };
        _client.TrySend(request.ToByteArray());
    }

    private void Write(ReadOnlySpan<short> samples)
    {
        var tail = (_head + _count) % _ring.Length;
        var first = Math.Min(samples.Length, _ring.Length - tail);
        samples[..first].CopyTo(_ring.AsSpan(tail));
        samples[first..].CopyTo(_ring);
        _count += samples.Length;
    }

    private int Read(Span<short> into)
    {
        var samples = Math.Min(_count, into.Length);
        var first = Math.Min(samples, _ring.Length - _head);
        _ring.AsSpan(_head, first).CopyTo(into);
        _ring.AsSpan(0, samples - first).CopyTo(into[first..]);
        _head = (_head + samples) % _ring.Length;
        _count -= samples;
        return samples;
    }

    private void Lose(int samples) =>
        Interlocked.Add(ref _droppedFrames, (samples + _outgoing.Length - 1) / _outgoing.Length);

    private FfiRequest CaptureRequest() => new()
    {
        CaptureAudioFrame = new CaptureAudioFrameRequest
        {
            SourceHandle = _track.Source.Id,
            RequestAsyncId = _captureId,
            Buffer = new AudioFrameBufferInfo
            {
                DataPtr = (ulong)Marshal.UnsafeAddrOfPinnedArrayElement(_outgoing, 0),
                NumChannels = (uint)Format.Channels,
                SampleRate = (uint)Format.SampleRate,
            },
        },
    };
}

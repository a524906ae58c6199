using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>
/// A track that we hear. Frames are copied on the library's thread and wait in a queue of one second, of which the oldest are dropped and
/// counted; what the reader asked to be done to them is done on the reader's thread.
/// </summary>
internal sealed class ReceivedAudio : IReceivedAudio
{
    private static readonly TimeSpan _queue = TimeSpan.FromSeconds(1);

    private readonly FfiClient _client;
    private readonly FfiHandle? _stream;
    private readonly AudioProcessor? _processor;
    private readonly Action<ReceivedAudio> _closed;
    private readonly Channel<short[]> _frames;
    private readonly TimeSpan _frame;
    private long _dropped;
    private int _disposed;
    private int _worstBacklog;
    private int _longestBacklog;

    /// <param name="client">Brings the frames.</param>
    /// <param name="trackSid">The track that is heard.</param>
    /// <param name="stream">The native stream, now ours; null where the track has gone already.</param>
    /// <param name="processor">Now ours; null for none.</param>
    /// <param name="frame">The duration of a frame.</param>
    /// <param name="closed">Told at disposal.</param>
    public ReceivedAudio(
        FfiClient client, string trackSid, FfiHandle? stream, AudioProcessor? processor, TimeSpan frame, Action<ReceivedAudio> closed)
    {
        _client = client;
        TrackSid = trackSid;
        _stream = stream;
        _processor = processor;
        _closed = closed;
        _frame = frame;
        _frames = Channel.CreateBounded<short[]>(
            new BoundedChannelOptions(Math.Max(1, (int)(_queue / frame)))
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
                SingleWriter = true,
            },
            _ => Interlocked.Increment(ref _dropped));
        if (stream is null)
        {
            End();
        }
        else
        {
            client.Audio.Add(stream.Id, this);
        }
    }

    public string TrackSid { get; }

    public long DroppedFrames => Interlocked.Read(ref _dropped);

    public AudioProcessor? Processor => _processor;

    /// <summary>On a thread of the library; the samples are gone when it returns.</summary>
    public unsafe void Take(AudioFrameBufferInfo frame)
    {
        var samples = (int)(frame.SamplesPerChannel * frame.NumChannels);
        var copy = GC.AllocateUninitializedArray<short>(samples);
        new ReadOnlySpan<short>((void*)frame.DataPtr, samples).CopyTo(copy);
        _frames.Writer.TryWrite(copy);
        var backlog = _frames.Reader.Count;
        _worstBacklog = Math.Max(_worstBacklog, backlog);
        _longestBacklog = Math.Max(_longestBacklog, backlog);
    }

    /// <summary>The age that the oldest frame in the queue has reached since the last question. A frame or two is the rhythm of the network.</summary>
    public TimeSpan TakeWorstAge() => Interlocked.Exchange(ref _worstBacklog, 0) * _frame;

    /// <summary>For whoever watches this one track. The frame that came last has not waited.</summary>
    public TimeSpan TakeLongestWait() => Math.Max(0, Interlocked.Exchange(ref _longestBacklog, 0) - 1) * _frame;

    public void End() => _frames.Writer.TryComplete();

    public async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _frames.Reader.WaitToReadAsync(ct))
        {
            while (_frames.Reader.TryRead(out var frame))
            {
                _processor?.Process(frame);
                yield return frame;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            if (_stream is not null)
            {
                _client.Audio.RemoveStream(_stream.Id);
                _stream.Dispose();
            }

            End();
            _processor?.Dispose();
            _closed(this);
        }

        return ValueTask.CompletedTask;
    }
}

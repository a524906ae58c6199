using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>
/// A caller's microphone: a frame of 20 ms every 20 ms, silence where nothing is said. Two frames wait in the native queue, so that a
/// timer that comes late is not heard; times count from the moment at which the queue lets a sample go. Ends with its room.
/// </summary>
internal sealed class BenchSpeaker(IPublishedAudio track)
{
    private const double FrameMs = 20;
    private const int Lead = 2;

    private readonly Lock _lock = new();
    private readonly short[] _silence = new short[SpeechLoop.FrameSamples];
    private ReadOnlyMemory<short> _speech;
    private double _zero;
    private long _frame;

    /// <summary>Frames that came later than the lead: the run says less than it could.</summary>
    public int LateFrames { get; private set; }

    /// <summary>Says something at once. Returns when its first sample leaves.</summary>
    public double Say(ReadOnlyMemory<short> speech)
    {
        lock (_lock)
        {
            _speech = speech;
            return _zero + (_frame + Lead) * FrameMs;
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        Begin();
        while (!ct.IsCancellationRequested)
        {
            var due = _zero + _frame * FrameMs;
            if (BenchTime.Now - due > Lead * FrameMs)
            {
                // The queue has run out. What is sent now leaves now: catching up would let every later sound wait behind what is late.
                LateFrames++;
                due = Begin();
            }

            track.Play(Next());
            try
            {
                await BenchTime.UntilAsync(due + FrameMs, ct);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The next frame is due now, behind the lead.</summary>
    private double Begin()
    {
        for (var i = 0; i < Lead; i++)
        {
            track.Play(_silence);
        }

        lock (_lock)
        {
            var now = BenchTime.Now;
            _zero = now - _frame * FrameMs;
            return now;
        }
    }

    private ReadOnlyMemory<short> Next()
    {
        lock (_lock)
        {
            _frame++;
            if (_speech.IsEmpty)
            {
                return _silence;
            }

            var frame = new short[SpeechLoop.FrameSamples];
            var taken = Math.Min(frame.Length, _speech.Length);
            _speech[..taken].CopyTo(frame);
            _speech = _speech[taken..];
            return frame;
        }
    }
}

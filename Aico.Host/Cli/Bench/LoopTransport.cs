using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;
using Aico.Host.Calls;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Cli.Bench;

/// <summary>
/// A caller who repeats a loop of speech in real time, and the ear that checks what comes back: it counts frames that came too late
/// and keeps the added latency of each turn.
/// </summary>
internal sealed class LoopTransport(TalkClock clock, SpeechLoop loop, long phase) : ICallTransport, ICallObserver
{
    /// <summary>A listener's buffer of one frame hides less than this.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, TimeSpan> _delays = [];
    private readonly List<double> _addedLatencies = [];
    private TimeSpan? _playedUntil;
    private bool _measures;
    private long _lateFrames;

    public AudioFormat OutputFormat { get; } = new(24_000, 1);

    public bool EndsWithAudio => true;

    public async IAsyncEnumerable<AudioFrame> ReadCallerAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (long frame = 0; ; frame++)
        {
            var start = frame * FrameDuration;
            await clock.WaitUntilAsync(start + FrameDuration, ct);
            yield return new AudioFrame(AudioFormat.Speech, loop.Frame(phase + frame), start);
        }
    }

    public void Play(AudioFrame frame)
    {
        var now = clock.Now;
        lock (_lock)
        {
            // Due before it came, or a hole inside one answer because the one before it had run out.
            if (_measures && (frame.Offset < now - Tolerance || frame.Offset > (_playedUntil ?? frame.Offset) + Tolerance))
            {
                _lateFrames++;
            }

            _playedUntil = frame.End;
        }
    }

    public void ClearPlayback()
    {
        lock (_lock)
        {
            _playedUntil = null;
        }
    }

    public void On(CallEvent callEvent)
    {
        lock (_lock)
        {
            switch (callEvent)
            {
                case TurnDecided decided:
                    _delays[decided.Turn] = decided.Delay;
                    break;
                case PlaybackPaused or PlaybackEnded:
                    _playedUntil = null;
                    break;
                case TurnCompleted { Turn: var turn } when _delays.Remove(turn.Number, out var delay):
                    if (_measures && turn.Timings is { Played: { } played, EndOfSpeech: { } end })
                    {
                        _addedLatencies.Add((played - end - delay).TotalMilliseconds);
                    }

                    break;
            }
        }
    }

    /// <summary>Begins or ends the counting.</summary>
    public void Measure(bool measures)
    {
        lock (_lock)
        {
            _measures = measures;
        }
    }

    /// <summary>What was counted: milliseconds of each turn, and frames that came too late.</summary>
    public (IReadOnlyList<double> AddedLatencies, long LateFrames) Read()
    {
        lock (_lock)
        {
            return ([.. _addedLatencies], _lateFrames);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// The caller's audio as one stream on the call's clock, whatever tracks come and go: where no audio comes silence is put in, so that
/// time goes on for whoever waits for the end of speech. One reader; frames may come from any thread.
/// </summary>
internal sealed class CallerTimeline : IDisposable
{
    private static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(20);
    private static readonly short[] Silence = new short[AudioFormat.Speech.SamplesIn(FrameDuration)];

    // How late audio may be before silence is put in its place. While a track is open its audio is only late because the host is.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LiveGrace = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // Until the first audio the past is left open, for what the caller said before the connection stood. Longer than this a
    // speech-to-text service may take the quiet line for a dead one.
    private static readonly TimeSpan LongestSilenceAtFirst = TimeSpan.FromSeconds(5);

    // Audio that is ahead of the clock delays every decision by as much: quiet frames are left out until it is not, and all beyond the limit.
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromSeconds(5);
    private const short Quiet = 300;

    // Audio from before the connection comes at once; whoever reads gets it at twenty times the pace of speech.
    private const int Burst = 20;

    private readonly Lock _lock = new();
    private readonly CallClock _clock;
    private readonly Channel<AudioFrame> _frames;
    private readonly ITimer _timer;
    private TimeSpan _end;
    private bool _begun;
    private bool _isLive;
    private long _dropped;

    public CallerTimeline(CallClock clock)
    {
        _clock = clock;
        // Ten seconds: the audio from before the connection must fit. Whoever reads keeps up, or loses the oldest, counted.
        // The reader goes on within the write, up to voice activity (0.2 ms) and what else listening does at once: a thread woken for that,
        // thirty times a second in each call, costs too much. Nothing of it comes back here.
        _frames = Channel.CreateBounded<AudioFrame>(
            new BoundedChannelOptions(500) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, AllowSynchronousContinuations = true },
            _ => Interlocked.Increment(ref _dropped));
        _timer = clock.Time.CreateTimer(_ => FillSilence(), null, Tick, Tick);
    }

    /// <summary>Frames that were lost because the call did not keep up.</summary>
    public long DroppedFrames => Interlocked.Read(ref _dropped);

    /// <summary>A track is open, and its audio is on its way even where it is late.</summary>
    public void SetLive(bool isLive)
    {
        lock (_lock)
        {
            _isLive = isLive;
        }
    }

    /// <summary>Takes audio that was spoken just now, of any length.</summary>
    public void Add(ReadOnlyMemory<short> samples) => Add(samples, _clock.Now);

    /// <summary>Takes audio of which the last was spoken at the given time.</summary>
    public void Add(ReadOnlyMemory<short> samples, TimeSpan until)
    {
        lock (_lock)
        {
            var start = until - AudioFormat.Speech.DurationOf(samples.Length);
            Begin(start);
            if (start - _end >= Grace)
            {
                FillTo(start);
            }

            if ((_end - start > Ahead && IsQuiet(samples.Span)) || _end - start > FurthestAhead)
            {
                return;
            }

            Write(samples);
        }
    }

    public async IAsyncEnumerable<AudioFrame> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _frames.Reader.WaitToReadAsync(ct))
        {
            for (var count = 1; _frames.Reader.TryRead(out var frame); count++)
            {
                yield return frame;
                if (count % Burst == 0)
                {
                    await Task.Delay(FrameDuration, _clock.Time, ct);
                }
            }
        }
    }

    /// <summary>Ends the stream.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _frames.Writer.TryComplete();
    }

    private void FillSilence()
    {
        lock (_lock)
        {
            var now = _clock.Now;
            if (!_begun && now < LongestSilenceAtFirst)
            {
                return;
            }

            Begin(now - Tick);
            if (now - _end >= (_isLive ? LiveGrace : Grace))
            {
                FillTo(now - Grace);
            }
        }
    }

    /// <summary>What lies before the first audio is no silence to be heard: nobody was there.</summary>
    private void Begin(TimeSpan start)
    {
        if (!_begun)
        {
            _begun = true;
            _end = start > TimeSpan.Zero ? start : TimeSpan.Zero;
        }
    }

    private void FillTo(TimeSpan end)
    {
        while (_end + FrameDuration <= end)
        {
            Write(Silence);
        }
    }

    private void Write(ReadOnlyMemory<short> samples)
    {
        var frame = new AudioFrame(AudioFormat.Speech, samples, _end);
        _end = frame.End;
        _frames.Writer.TryWrite(frame);
    }

    private static bool IsQuiet(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            if (sample is > Quiet or < -Quiet)
            {
                return false;
            }
        }

        return true;
    }
}

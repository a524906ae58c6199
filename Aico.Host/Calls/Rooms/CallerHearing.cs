using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// Brings what the caller says onto the call's time line: first what was said before the connection stood, where a frontend has kept
/// it, then the live audio, which waits for it. Safe from any thread.
/// </summary>
internal sealed class CallerHearing : IDisposable
{
    private static readonly int FrameSamples = AudioFormat.Speech.SamplesIn(TimeSpan.FromMilliseconds(20));

    private readonly Lock _lock = new();
    private readonly CallClock _clock;
    private readonly CallerTimeline _timeline;
    private readonly ITimer _timer;
    private readonly List<(ReadOnlyMemory<short> Samples, TimeSpan Until)> _held = [];
    private TimeSpan _opened;
    private (short[] Samples, TimeSpan At)? _early;
    private bool _isHolding;

    public CallerHearing(CallClock clock)
    {
        _clock = clock;
        _timeline = new CallerTimeline(clock);
        _timer = clock.Time.CreateTimer(_ => Release(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CallerTimeline Timeline => _timeline;

    /// <summary>What was said before the connection stood has come, so long ago.</summary>
    public void Early(short[] samples, TimeSpan age)
    {
        lock (_lock)
        {
            _early = (samples, _clock.Now - age);
            if (_isHolding)
            {
                Release();
            }
        }
    }

    /// <summary>The microphone can be read.</summary>
    /// <param name="isEarlyPromised">What was said before is on its way.</param>
    public void Opened(bool isEarlyPromised)
    {
        lock (_lock)
        {
            _timeline.SetLive(true);
            _opened = _clock.Now;
            _isHolding = true;
            if (isEarlyPromised && _early is null)
            {
                _timer.Change(PreConnectAudio.Wait, Timeout.InfiniteTimeSpan);
                return;
            }

            if (_opened - _early?.At > PreConnectAudio.Oldest)
            {
                _early = null;
            }

            Release();
        }
    }

    public void Closed() => _timeline.SetLive(false);

    public void Hear(ReadOnlyMemory<short> samples)
    {
        lock (_lock)
        {
            if (_isHolding)
            {
                _held.Add((samples, _clock.Now));
                return;
            }
        }

        _timeline.Add(samples);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _timeline.Dispose();
    }

    private void Release()
    {
        lock (_lock)
        {
            if (!_isHolding)
            {
                return;
            }

            _isHolding = false;
            AddEarly();
            foreach (var (samples, until) in _held)
            {
                _timeline.Add(samples, until);
            }

            _held.Clear();
        }
    }

    private void AddEarly()
    {
        if (_early is not { } early)
        {
            return;
        }

        _early = null;
        for (var start = 0; start < early.Samples.Length; start += FrameSamples)
        {
            var frame = early.Samples.AsMemory(start, Math.Min(FrameSamples, early.Samples.Length - start));
            var behind = AudioFormat.Speech.DurationOf(early.Samples.Length - start - frame.Length);
            _timeline.Add(frame, _opened - behind);
        }
    }
}

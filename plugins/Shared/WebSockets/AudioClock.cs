using Aico.Abstractions.Audio;

namespace Aico.Plugins.Shared.WebSockets;

/// <summary>
/// Tells where in a call the audio of a connection stood: a vendor counts from the first sample that it got, and frames that never
/// came are no part of its count. Safe for one writer and one reader.
/// </summary>
internal sealed class AudioClock
{
    /// <summary>Gaps that are remembered; results refer to the last seconds only.</summary>
    private const int MaximumGaps = 64;

    /// <summary>Rounding of offsets is no gap.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Queue<(TimeSpan Sent, TimeSpan Gap)> _gaps = new();
    private TimeSpan? _lastGap;
    private TimeSpan _sent;

    /// <summary>How much audio was taken.</summary>
    public TimeSpan Sent
    {
        get
        {
            lock (_lock)
            {
                return _sent;
            }
        }
    }

    public void Take(in AudioFrame frame)
    {
        lock (_lock)
        {
            var gap = frame.Offset - _sent;
            if (_lastGap is not { } last || (gap - last).Duration() > Tolerance)
            {
                _gaps.Enqueue((_sent, gap));
                _lastGap = gap;
                if (_gaps.Count > MaximumGaps)
                {
                    _gaps.Dequeue();
                }
            }

            _sent += frame.Duration;
        }
    }

    /// <summary>The place in the call of a place in the vendor's audio, in seconds.</summary>
    public TimeSpan At(double seconds)
    {
        var place = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Clamp(seconds, 0, 1e7) : 0);
        lock (_lock)
        {
            var gap = _gaps.Count > 0 ? _gaps.Peek().Gap : TimeSpan.Zero;
            foreach (var (sent, next) in _gaps)
            {
                if (sent > place)
                {
                    break;
                }

                gap = next;
            }

            return place + gap;
        }
    }
}

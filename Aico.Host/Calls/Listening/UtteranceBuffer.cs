using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// The audio of the caller's turn so far, with a little silence before it. Between turns it keeps only that prefix. Not thread-safe.
/// </summary>
internal sealed class UtteranceBuffer(AudioFormat format)
{
    // Voice activity is known 64 ms late and soft onsets are missed by it: half a second keeps the first word whole.
    private static readonly TimeSpan Prefix = TimeSpan.FromMilliseconds(500);

    // Frames that were lost leave a gap. It is filled with silence, or all times after it would be wrong; after a longer one (a caller
    // who had muted) the audio begins anew.
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(30);
    private short[] _samples = new short[format.SamplesIn(TimeSpan.FromSeconds(1))];
    private int _length;
    private TimeSpan _start;

    /// <summary>True from the beginning of voice until the turn is settled: nothing is forgotten meanwhile.</summary>
    public bool IsKeeping { get; private set; }

    public TimeSpan Start => _start;

    public TimeSpan End => _start + format.DurationOf(_length);

    public TimeSpan Duration => format.DurationOf(_length);

    public void Append(AudioFrame frame)
    {
        var gap = frame.Offset - End;
        if (_length == 0 || gap > LongestGap)
        {
            _length = 0;
            _start = frame.Offset;
        }
        else if (format.SamplesIn(gap) is var missing and > 0)
        {
            Grow(_length + missing);
            _samples.AsSpan(_length, missing).Clear();
            _length += missing;
        }

        if (!IsKeeping && Duration >= Prefix * 2)
        {
            DropBefore(End - Prefix);
        }

        Grow(_length + frame.Samples.Length);
        frame.Samples.Span.CopyTo(_samples.AsSpan(_length));
        _length += frame.Samples.Length;
    }

    public void Keep() => IsKeeping = true;

    /// <summary>Copies the audio up to the given time, or all of it where it is shorter.</summary>
    public AudioFrame CopyUntil(TimeSpan end)
    {
        var count = Math.Clamp(format.SamplesIn(end - _start), 0, _length);
        return new AudioFrame(format, _samples.AsSpan(0, count).ToArray(), _start);
    }

    /// <summary>Forgets the audio before the given time, but for the prefix where nothing more is to be kept.</summary>
    public void Settle(TimeSpan until, bool keepOn)
    {
        IsKeeping = keepOn;
        DropBefore(keepOn ? until : End - Prefix > until ? End - Prefix : until);
        var kept = format.SamplesIn(TimeSpan.FromSeconds(1));
        if (_samples.Length > kept * 4 && _length <= kept)
        {
            // A long monologue must not hold its megabyte for the rest of the call.
            Array.Resize(ref _samples, kept);
        }
    }

    private void DropBefore(TimeSpan time)
    {
        var count = Math.Clamp(format.SamplesIn(time - _start), 0, _length);
        if (count == 0)
        {
            return;
        }

        _samples.AsSpan(count, _length - count).CopyTo(_samples);
        _length -= count;
        _start += format.DurationOf(count);
    }

    private void Grow(int needed)
    {
        if (needed > _samples.Length)
        {
            Array.Resize(ref _samples, Math.Max(needed, _samples.Length * 2));
        }
    }
}

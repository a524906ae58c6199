using Aico.Abstractions.Audio;

namespace Aico.Host.Cli.Talk;

/// <summary>One side of a conversation on the call's clock: frames are placed where they were heard, all else is silence. One thread at a time.</summary>
internal sealed class AudioTrack(int sampleRate)
{
    private short[] _samples = [];
    private int _length;

    public AudioFormat Format { get; } = new(sampleRate, 1);

    public ReadOnlyMemory<short> Samples => _samples.AsMemory(0, _length);

    /// <summary>Puts a frame at its offset, over whatever was there.</summary>
    public void Place(AudioFrame frame)
    {
        if (frame.Format != Format)
        {
            throw new ArgumentException($"The track holds {Format.SampleRate} Hz mono, not {frame.Format}.", nameof(frame));
        }

        var start = Position(frame.Offset);
        var end = start + frame.Samples.Length;
        if (end > _samples.Length)
        {
            Array.Resize(ref _samples, Math.Max(end, Math.Max(sampleRate, _samples.Length * 2)));
        }

        frame.Samples.Span.CopyTo(_samples.AsSpan(start));
        _length = Math.Max(_length, end);
    }

    /// <summary>Drops everything from a moment on, as a listener who hears it stop.</summary>
    public void CutFrom(TimeSpan moment)
    {
        var start = Position(moment);
        if (start < _length)
        {
            _samples.AsSpan(start, _length - start).Clear();
            _length = start;
        }
    }

    // Offsets are whole ticks, which fall beside the sample they mean by less than half a sample: rounding leaves no seam.
    private int Position(TimeSpan offset) => (int)Math.Max(0, Math.Round(offset.TotalSeconds * sampleRate));
}

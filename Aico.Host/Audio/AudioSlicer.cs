namespace Aico.Host.Audio;

/// <summary>
/// Cuts samples that come in any amounts into frames of one size. It holds what is not yet a whole frame, and what was not read
/// yet: a writer that pushes must let somebody read. Not thread-safe; allocates only while it grows to the largest push.
/// </summary>
internal sealed class AudioSlicer
{
    private short[] held;
    private int start;

    public AudioSlicer(int frameSamples)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameSamples);
        FrameSamples = frameSamples;
        held = new short[2 * frameSamples];
    }

    public int FrameSamples { get; }

    /// <summary>Samples pushed and not read.</summary>
    public int Held { get; private set; }

    public void Push(ReadOnlySpan<short> samples)
    {
        if (start + Held + samples.Length > held.Length)
        {
            var target = Held + samples.Length > held.Length ? new short[Held + samples.Length + FrameSamples] : held;
            held.AsSpan(start, Held).CopyTo(target);
            held = target;
            start = 0;
        }

        samples.CopyTo(held.AsSpan(start + Held));
        Held += samples.Length;
    }

    /// <summary>Fills the frame, which must be <see cref="FrameSamples"/> long, where enough is there.</summary>
    public bool TryRead(Span<short> frame)
    {
        if (frame.Length != FrameSamples)
        {
            throw new ArgumentException($"Frames have {FrameSamples} samples, this one {frame.Length}.", nameof(frame));
        }

        if (Held < FrameSamples)
        {
            return false;
        }

        Take(frame);
        return true;
    }

    /// <summary>
    /// Gives the last partial frame and returns its length, 0 where there is none. Whole frames are to be read before.
    /// The slicer is as new afterwards.
    /// </summary>
    public int Flush(Span<short> rest)
    {
        if (Held >= FrameSamples)
        {
            throw new InvalidOperationException($"{Held} samples are held: read the whole frames before the rest.");
        }

        var length = Held;
        Take(rest[..length]);
        start = 0;
        return length;
    }

    /// <summary>Drops what is held, as after an interruption.</summary>
    public void Reset() => start = Held = 0;

    private void Take(Span<short> target)
    {
        held.AsSpan(start, target.Length).CopyTo(target);
        start += target.Length;
        Held -= target.Length;
    }
}

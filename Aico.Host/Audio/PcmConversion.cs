namespace Aico.Host.Audio;

/// <summary>Signed 16 bit samples to and from other shapes. Floats are -1 to 1 unless a name says otherwise.</summary>
internal static class PcmConversion
{
    private const float FullScale = 32_768f;

    public static void ToFloat(ReadOnlySpan<short> samples, Span<float> output)
    {
        output = output[..samples.Length];
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = samples[i] * (1 / FullScale);
        }
    }

    public static void ToPcm(ReadOnlySpan<float> samples, Span<short> output)
    {
        output = output[..samples.Length];
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = ToPcm(samples[i]);
        }
    }

    /// <summary>Beyond full scale it saturates; what is not a number becomes silence.</summary>
    public static short ToPcm(float sample) => Saturate(sample * FullScale);

    /// <summary>Rounds a value in units of one step of 16 bit.</summary>
    public static short Saturate(float steps) =>
        float.IsNaN(steps) ? (short)0 : (short)Math.Clamp(MathF.Round(steps), short.MinValue, short.MaxValue);

    /// <summary>Keeps the scale of 16 bit: -32768 to 32767.</summary>
    public static void Widen(ReadOnlySpan<short> samples, Span<float> output)
    {
        output = output[..samples.Length];
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = samples[i];
        }
    }

    /// <summary>Joins two mono tracks of one length to a stereo one.</summary>
    public static void Interleave(ReadOnlySpan<short> left, ReadOnlySpan<short> right, Span<short> output)
    {
        if (left.Length != right.Length)
        {
            throw new ArgumentException($"The left track has {left.Length} samples, the right one {right.Length}.", nameof(right));
        }

        output = output[..(2 * left.Length)];
        for (var i = 0; i < left.Length; i++)
        {
            output[2 * i] = left[i];
            output[(2 * i) + 1] = right[i];
        }
    }

    /// <summary>The mean of all channels.</summary>
    public static void ToMono(ReadOnlySpan<short> interleaved, int channels, Span<short> output)
    {
        for (var i = 0; i < interleaved.Length / channels; i++)
        {
            var sum = 0;
            foreach (var sample in interleaved.Slice(i * channels, channels))
            {
                sum += sample;
            }

            output[i] = (short)(sum / channels);
        }
    }

    /// <summary>Multiplies in place, saturating; 1 changes nothing.</summary>
    public static void ApplyGain(Span<short> samples, float gain)
    {
        foreach (ref var sample in samples)
        {
            sample = Saturate(sample * gain);
        }
    }
}

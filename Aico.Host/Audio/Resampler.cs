using System.Numerics;
using System.Runtime.InteropServices;

namespace Aico.Host.Audio;

/// <summary>
/// Changes the rate of a mono stream. Output sample k is the input at k * fromRate / toRate: nothing is shifted, only held
/// back by <see cref="Delay"/>. Not thread-safe; after construction nothing is allocated.
/// </summary>
internal sealed class Resampler
{
    public const int LowestRate = 8_000;
    public const int HighestRate = 96_000;

    /// <summary>Input samples taken at a time: 10 ms at 48 kHz and small enough to stay in the first level cache.</summary>
    private const int Block = 480;

    private readonly ResamplerFilter? filter;
    private readonly float[] window = [];
    private int filled;
    private int position;
    private int remainder;
    private long inputs;
    private long outputs;

    public Resampler(int fromRate, int toRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromRate, LowestRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fromRate, HighestRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(toRate, LowestRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toRate, HighestRate);
        FromRate = fromRate;
        ToRate = toRate;
        if (fromRate != toRate)
        {
            filter = ResamplerFilter.For(fromRate, toRate);
            window = new float[filter.Taps + Block];
            Reset();
        }
    }

    public int FromRate { get; }

    public int ToRate { get; }

    /// <summary>Audio that is held back until more input or <see cref="Flush"/> comes.</summary>
    public TimeSpan Delay => filter is null ? TimeSpan.Zero : TimeSpan.FromSeconds((double)filter.Half / FromRate);

    /// <summary>The most that <see cref="Flush"/> can write.</summary>
    public int MaximumFlushOutput => filter is null ? 0 : MaximumOutput(filter.Half);

    /// <summary>The most that one <see cref="Process"/> with so many samples can write.</summary>
    public int MaximumOutput(int inputSamples) =>
        filter is null ? inputSamples : (int)((((long)inputSamples * filter.Up) + filter.Down - 1) / filter.Down) + 1;

    /// <summary>Takes all of the input and returns how many samples it wrote; the output must hold <see cref="MaximumOutput"/>.</summary>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (output.Length < MaximumOutput(input.Length))
        {
            throw new ArgumentException($"Holds {output.Length} samples; up to {MaximumOutput(input.Length)} may be written.", nameof(output));
        }

        if (filter is null)
        {
            input.CopyTo(output);
            return input.Length;
        }

        var written = 0;
        inputs += input.Length;
        while (input.Length > 0)
        {
            var taken = Math.Min(input.Length, window.Length - filled);
            PcmConversion.Widen(input[..taken], window.AsSpan(filled));
            filled += taken;
            input = input[taken..];
            written += Produce(output[written..], int.MaxValue);
        }

        outputs += written;
        return written;
    }

    /// <summary>
    /// Ends the stream: writes what was held back, so that the whole comes to the input's length times the ratio, rounded.
    /// The resampler is as new afterwards.
    /// </summary>
    public int Flush(Span<short> output)
    {
        if (filter is null)
        {
            return 0;
        }

        var missing = (int)((((inputs * filter.Up) + (filter.Down / 2)) / filter.Down) - outputs);
        if (output.Length < missing)
        {
            throw new ArgumentException($"Holds {output.Length} samples; {missing} are to be written.", nameof(output));
        }

        var written = 0;
        for (var zeros = filter.Half + 1; zeros > 0 && written < missing;)
        {
            var taken = Math.Min(zeros, window.Length - filled);
            window.AsSpan(filled, taken).Clear();
            filled += taken;
            zeros -= taken;
            written += Produce(output[written..], missing - written);
        }

        Reset();
        return written;
    }

    /// <summary>Forgets everything heard so far, as when the stream jumps.</summary>
    public void Reset()
    {
        inputs = 0;
        outputs = 0;
        remainder = 0;
        if (filter is not null)
        {
            // Silence before the first sample, so that the first output lies on it.
            filled = filter.Half - 1;
            position = filter.Half - 1;
            window.AsSpan(0, filled).Clear();
        }
    }

    private int Produce(Span<short> output, int most)
    {
        var rates = filter!;
        var written = 0;
        // Stepped by hand: it saves two divisions for each output.
        var (whole, rest) = Math.DivRem(rates.Down, rates.Up);
        while (position + rates.Half < filled && written < most)
        {
            var samples = window.AsSpan(position - rates.Half + 1, rates.Taps);
            output[written++] = PcmConversion.Saturate(rates.Interpolates
                ? Between(samples, (double)remainder * rates.Phases / rates.Up)
                : Dot(samples, rates.Row(remainder)));
            position += whole;
            remainder += rest;
            if (remainder >= rates.Up)
            {
                remainder -= rates.Up;
                position++;
            }
        }

        // When narrowing, the next position may lie beyond what has come so far: then all of it is history.
        var spent = Math.Min(position - rates.Half + 1, filled);
        if (spent > 0)
        {
            window.AsSpan(spent, filled - spent).CopyTo(window);
            filled -= spent;
            position -= spent;
        }

        return written;
    }

    private float Between(ReadOnlySpan<float> samples, double phase)
    {
        var below = (int)phase;
        var share = (float)(phase - below);
        var low = Dot(samples, filter!.Row(below));
        return low + (share * (Dot(samples, filter.Row(below + 1)) - low));
    }

    /// <summary>Two sums, since a single one would wait for its own last addition; rows are whole vectors of up to eight.</summary>
    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> taps)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(samples);
        var right = MemoryMarshal.Cast<float, Vector<float>>(taps)[..left.Length];
        Vector<float> even = Vector<float>.Zero, odd = Vector<float>.Zero;
        var i = 0;
        for (; i < left.Length - 1; i += 2)
        {
            even = Vector.FusedMultiplyAdd(left[i], right[i], even);
            odd = Vector.FusedMultiplyAdd(left[i + 1], right[i + 1], odd);
        }

        if (i < left.Length)
        {
            even = Vector.FusedMultiplyAdd(left[i], right[i], even);
        }

        var total = Vector.Sum(even + odd);
        for (var rest = left.Length * Vector<float>.Count; rest < taps.Length; rest++)
        {
            total += samples[rest] * taps[rest];
        }

        return total;
    }
}

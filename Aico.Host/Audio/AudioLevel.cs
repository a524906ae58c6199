namespace Aico.Host.Audio;

/// <summary>How loud samples are, in dB below full scale: a square wave of full scale has 0, a sine of full scale -3.</summary>
internal static class AudioLevel
{
    /// <summary>What digital silence, and no samples at all, are said to have.</summary>
    public const double SilenceDb = -100;

    public static double RmsDb(ReadOnlySpan<short> samples)
    {
        long sum = 0;
        foreach (var sample in samples)
        {
            sum += sample * sample;
        }

        return samples.IsEmpty ? SilenceDb : ToDb(Math.Sqrt((double)sum / samples.Length));
    }

    public static double PeakDb(ReadOnlySpan<short> samples) => ToDb(Peak(samples));

    /// <summary>The largest distance from zero, 0 to 32768.</summary>
    public static int Peak(ReadOnlySpan<short> samples)
    {
        var peak = 0;
        foreach (var sample in samples)
        {
            // As int: the distance of -32768 is no short.
            peak = Math.Max(peak, Math.Abs((int)sample));
        }

        return peak;
    }

    private static double ToDb(double steps) => steps == 0 ? SilenceDb : Math.Max(SilenceDb, 20 * Math.Log10(steps / 32_768));
}

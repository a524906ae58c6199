namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Where there is voice in a sound: the same rule for what a caller says and for what it hears, so that their times compare.</summary>
internal static class VoiceLevel
{
    public const int BlockMs = 10;

    /// <summary>Above it there is sound. Opus leaves digital silence far below, the noise of recorded speech and the stand-ins' tone stay above.</summary>
    public const double SoundDb = -55;

    /// <summary>Above it somebody speaks. The noise in the pauses of the recordings reaches -40 dB.</summary>
    public const double SpeechDb = -35;

    /// <summary>True where a block of 10 ms is louder.</summary>
    public static bool IsAbove(double thresholdDb, ReadOnlySpan<short> block)
    {
        var sum = 0.0;
        foreach (var sample in block)
        {
            sum += (double)sample * sample;
        }

        return sum > Math.Pow(10, thresholdDb / 10) * 32768 * 32768 * block.Length;
    }

    /// <summary>The first sample of speech and the one after the last, to 10 ms; null where there is none.</summary>
    public static (int Begin, int End)? Span(ReadOnlySpan<short> samples, int sampleRate)
    {
        var block = sampleRate * BlockMs / 1000;
        var (begin, end) = (-1, -1);
        for (var at = 0; at + block <= samples.Length; at += block)
        {
            if (IsAbove(SpeechDb, samples.Slice(at, block)))
            {
                begin = begin < 0 ? at : begin;
                end = at + block;
            }
        }

        return begin < 0 ? null : (begin, end);
    }

    /// <summary>The longest silence inside, to 10 ms.</summary>
    public static TimeSpan LongestPause(double thresholdDb, ReadOnlySpan<short> samples, int sampleRate)
    {
        var block = sampleRate * BlockMs / 1000;
        var longest = 0;
        var last = -1;
        for (var i = 0; (i + 1) * block <= samples.Length; i++)
        {
            if (IsAbove(thresholdDb, samples.Slice(i * block, block)))
            {
                longest = last < 0 ? longest : Math.Max(longest, i - last - 1);
                last = i;
            }
        }

        return TimeSpan.FromMilliseconds(longest * BlockMs);
    }
}

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Where there is voice in a sound: the same rule for what a caller says and for what it hears, so that their times compare.</summary>
internal static class VoiceLevel
{
    public const int BlockMs = 10;

    // Opus leaves silence far below it, recorded speech and the stand-ins' tone stay above.
    private const double ThresholdDb = -45;

    private static readonly double _threshold = Math.Pow(10, ThresholdDb / 10) * 32768.0 * 32768.0;

    /// <summary>True where a block of 10 ms is louder than the threshold.</summary>
    public static bool IsVoiced(ReadOnlySpan<short> block)
    {
        var sum = 0.0;
        foreach (var sample in block)
        {
            sum += (double)sample * sample;
        }

        return sum > _threshold * block.Length;
    }

    /// <summary>The first sample of voice and the one after the last, to 10 ms; null where there is none.</summary>
    public static (int Begin, int End)? Span(ReadOnlySpan<short> samples, int sampleRate)
    {
        var block = sampleRate * BlockMs / 1000;
        var (begin, end) = (-1, -1);
        for (var at = 0; at + block <= samples.Length; at += block)
        {
            if (IsVoiced(samples.Slice(at, block)))
            {
                begin = begin < 0 ? at : begin;
                end = at + block;
            }
        }

        return begin < 0 ? null : (begin, end);
    }

    /// <summary>The longest pause inside the voice, to 10 ms.</summary>
    public static TimeSpan LongestPause(ReadOnlySpan<short> samples, int sampleRate)
    {
        var block = sampleRate * BlockMs / 1000;
        var longest = 0;
        var last = -1;
        for (var i = 0; (i + 1) * block <= samples.Length; i++)
        {
            if (IsVoiced(samples.Slice(i * block, block)))
            {
                longest = last < 0 ? longest : Math.Max(longest, i - last - 1);
                last = i;
            }
        }

        return TimeSpan.FromMilliseconds(longest * BlockMs);
    }
}

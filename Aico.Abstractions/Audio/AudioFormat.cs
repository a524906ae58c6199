namespace Aico.Abstractions.Audio;

/// <summary>The format of linear PCM audio: signed 16 bit samples, channels interleaved.</summary>
/// <param name="SampleRate">Samples per second of one channel, in hertz.</param>
/// <param name="Channels">Number of interleaved channels; 1 is mono.</param>
public readonly record struct AudioFormat(int SampleRate, int Channels)
{
    /// <summary>16 kHz mono: what speech-to-text and voice activity providers hear.</summary>
    public static AudioFormat Speech { get; } = new(16_000, 1);

    /// <summary>Returns how long the given number of interleaved samples (of all channels together) lasts.</summary>
    public TimeSpan DurationOf(int samples) =>
        TimeSpan.FromTicks((long)samples * TimeSpan.TicksPerSecond / ((long)SampleRate * Channels));

    /// <summary>Returns how many interleaved samples (of all channels together) the given time takes, rounded down to whole sample frames.</summary>
    public int SamplesIn(TimeSpan duration) =>
        (int)(duration.Ticks * SampleRate / TimeSpan.TicksPerSecond) * Channels;
}

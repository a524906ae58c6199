namespace Aico.Abstractions.Audio;

/// <summary>
/// A stretch of audio of any length. Frames are immutable once handed over: the receiver may keep
/// <see cref="Samples"/>, and the sender must not write to that memory again.
/// </summary>
/// <param name="Format">The format of <paramref name="Samples"/>.</param>
/// <param name="Samples">Interleaved signed 16 bit samples; a whole number of sample frames, possibly none.</param>
/// <param name="Offset">Position of the first sample on the clock of the stream that the frame belongs to.</param>
public readonly record struct AudioFrame(AudioFormat Format, ReadOnlyMemory<short> Samples, TimeSpan Offset)
{
    /// <summary>How long the frame lasts.</summary>
    public TimeSpan Duration => Format.DurationOf(Samples.Length);

    /// <summary>Position just after the last sample, on the same clock as <see cref="Offset"/>.</summary>
    public TimeSpan End => Offset + Duration;
}

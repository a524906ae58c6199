using System.Buffers.Binary;

namespace Aico.Host.Audio;

/// <summary>The format chunk of a WAV file, checked: what follows can rely on it.</summary>
internal readonly record struct WavFormat(int SampleRate, int Channels, int BitsPerSample, bool IsFloat)
{
    private const int Pcm = 1, Float = 3, Extensible = 0xFFFE;

    /// <summary>Of one channel.</summary>
    public int BytesPerSample => BitsPerSample / 8;

    /// <summary>Of all channels.</summary>
    public int BytesPerFrame => BytesPerSample * Channels;

    public static WavFormat Parse(ReadOnlySpan<byte> chunk, long offset)
    {
        if (chunk.Length < 16)
        {
            throw new InvalidDataException($"The format chunk at byte {offset} has {chunk.Length} bytes; it needs at least 16.");
        }

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frame = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == Extensible)
        {
            if (chunk.Length < 26)
            {
                throw new InvalidDataException($"The extensible format chunk at byte {offset} has {chunk.Length} bytes; it needs at least 26.");
            }

            // The first two bytes of the sub-format's identifier are the tag that a plain file would have.
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        Check(tag, channels, rate, bits, offset);
        var format = new WavFormat((int)rate, channels, bits, tag == Float);
        if (frame != format.BytesPerFrame)
        {
            throw new InvalidDataException(
                $"The format chunk at byte {offset} says {frame} bytes a sample frame; {channels} channels of {bits} bit take {format.BytesPerFrame}.");
        }

        return format;
    }

    private static void Check(int tag, int channels, uint rate, int bits, long offset)
    {
        if (tag is not (Pcm or Float))
        {
            throw new InvalidDataException(
                $"The format chunk at byte {offset} names encoding {tag}{Name(tag)}; only PCM (1) and float (3) are read. Convert the file to 16 bit PCM.");
        }

        if (channels is not (1 or 2))
        {
            throw new InvalidDataException($"The file has {channels} channels (format chunk at byte {offset}); mono and stereo are read.");
        }

        if (rate is < Resampler.LowestRate or > Resampler.HighestRate)
        {
            throw new InvalidDataException(
                $"The file has a rate of {rate} Hz (format chunk at byte {offset}); {Resampler.LowestRate} to {Resampler.HighestRate} Hz are read.");
        }

        if (tag == Float ? bits is not (32 or 64) : bits is not (8 or 16 or 24 or 32))
        {
            throw new InvalidDataException(
                $"The file has {bits} bit {(tag == Float ? "float" : "PCM")} samples (format chunk at byte {offset}); {(tag == Float ? "32 and 64" : "8, 16, 24 and 32")} bit are read.");
        }
    }

    private static string Name(int tag) => tag switch
    {
        2 => " (ADPCM)",
        6 => " (A-law)",
        7 => " (mu-law)",
        0x11 => " (IMA ADPCM)",
        0x31 => " (GSM 6.10)",
        0x55 => " (MP3)",
        _ => "",
    };
}

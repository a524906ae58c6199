using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Aico.Host.Audio;

/// <summary>Samples of any of the formats that WAV files have, to mono of signed 16 bit.</summary>
internal static class WavSamples
{
    /// <summary>Takes whole sample frames. A channel counts from 0; null takes the mean of all.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, WavFormat format, int? channel, Span<short> output)
    {
        if (format is { Channels: 1, BitsPerSample: 16 } && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, short>(bytes).CopyTo(output);
            return;
        }

        for (var frame = 0; frame < bytes.Length / format.BytesPerFrame; frame++)
        {
            var samples = bytes.Slice(frame * format.BytesPerFrame, format.BytesPerFrame);
            output[frame] = format.Channels == 1 ? Sample(samples, format)
                : channel is { } one ? Sample(samples[(one * format.BytesPerSample)..], format)
                : (short)((Sample(samples, format) + Sample(samples[format.BytesPerSample..], format)) / 2);
        }
    }

    /// <summary>Wider integers lose their low bits, whose half a step of 16 bit lies 96 dB below full scale.</summary>
    private static short Sample(ReadOnlySpan<byte> bytes, WavFormat format) => (format.BitsPerSample, format.IsFloat) switch
    {
        (8, _) => (short)((bytes[0] - 128) << 8),
        (16, _) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (24, _) => BinaryPrimitives.ReadInt16LittleEndian(bytes[1..]),
        (32, false) => BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]),
        (32, true) => PcmConversion.ToPcm(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        _ => PcmConversion.ToPcm((float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
    };
}

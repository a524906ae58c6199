using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Aico.Host.Audio;

/// <summary>
/// Writes signed 16 bit WAV as the samples come. The header's sizes are brought up to date for each second of audio, so that a
/// file whose process died is whole up to its last second; a stream that cannot seek gets the sizes that say "unknown".
/// Disposing finishes the header and disposes the stream.
/// </summary>
internal sealed class WavWriter : IDisposable
{
    private const int HeaderBytes = 44;
    private const uint MostBytes = uint.MaxValue - HeaderBytes;

    private readonly Stream stream;
    private readonly int bytesPerSecond;
    private uint written;
    private uint recorded;
    private bool disposed;

    public WavWriter(Stream stream, int sampleRate, int channels)
    {
        this.stream = stream;
        bytesPerSecond = sampleRate * channels * sizeof(short);
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)bytesPerSecond);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)(channels * sizeof(short)));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], stream.CanSeek ? HeaderBytes - 8u : uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], stream.CanSeek ? 0 : uint.MaxValue);
        stream.Write(header);
        stream.Flush();
    }

    /// <summary>Interleaved where there are several channels.</summary>
    public void Write(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        // WAV is little endian, and so is every processor that this is built for.
        var bytes = MemoryMarshal.AsBytes(samples);
        if (bytes.Length > MostBytes - written)
        {
            throw new InvalidOperationException("A WAV file holds no more than 4 GB.");
        }

        stream.Write(bytes);
        written += (uint)bytes.Length;
        if (written - recorded >= bytesPerSecond)
        {
            RecordSizes();
        }
    }

    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            RecordSizes();
            stream.Dispose();
        }
    }

    private void RecordSizes()
    {
        if (stream.CanSeek && written != recorded)
        {
            // The audio first: a size must never promise what is not in the file yet.
            stream.Flush();
            var end = stream.Position;
            Patch(end - written - HeaderBytes + 4, written + HeaderBytes - 8);
            Patch(end - written - 4, written);
            stream.Position = end;
            recorded = written;
        }

        stream.Flush();
    }

    private void Patch(long position, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Position = position;
        stream.Write(bytes);
    }
}

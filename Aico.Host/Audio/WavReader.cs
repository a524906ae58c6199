using System.Buffers.Binary;
using System.Text;

namespace Aico.Host.Audio;

/// <summary>
/// Reads RIFF/WAVE files: PCM of 8, 16, 24 and 32 bit, float of 32 and 64, mono or stereo, 8 to 96 kHz. A file that cannot be read
/// gives an <see cref="InvalidDataException"/> that says what is wrong and where. Memory is taken for bytes that are really
/// there, never for what a header claims.
/// </summary>
internal static class WavReader
{
    /// <summary>About 4.6 hours at 16 kHz: longer is no conversation, and would fill half a gigabyte.</summary>
    private const int MostSamples = 1 << 28;

    /// <summary>Programs that write to a pipe cannot know the size: they write 0, or something beyond any real one.</summary>
    private const uint UnknownSize = 0x7FFF_0000;

    private const int LongestFormatChunk = 4096;
    private const int BlockBytes = 48 * 1024;

    public static WavAudio Read(string path, int? channel = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 4096);
        return Read(stream, channel);
    }

    /// <summary>Reads up to the end of the audio. A channel of a stereo file counts from 0, left; null mixes both.</summary>
    public static WavAudio Read(Stream stream, int? channel = null)
    {
        var position = 0L;
        var header = Take(stream, 12, ref position, "The RIFF header");
        if (!header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(8, 4).SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException(
                $"This is no WAV file: it begins with \"{Printable(header.AsSpan(0, 4))}\" and has \"{Printable(header.AsSpan(8, 4))}\" at byte 8, not RIFF and WAVE.");
        }

        var riffSize = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
        WavFormat? format = null;
        while (true)
        {
            var at = position;
            var chunk = TakeChunkHeader(stream, ref position, format is null);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            if (chunk.AsSpan(0, 4).SequenceEqual("fmt "u8))
            {
                format = ReadFormat(stream, size, at, ref position);
            }
            else if (!chunk.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                Skip(stream, size + (size & 1L), at, chunk, ref position);
            }
            else if (format is { } known)
            {
                // A size of 0 in a header that ends right here was never filled in; in a finished file it means no audio.
                var unknown = size >= UnknownSize || (size == 0 && (riffSize >= UnknownSize || riffSize + 8L <= position));
                return new WavAudio(known.SampleRate, ReadSamples(stream, known, channel, unknown ? null : size, position));
            }
            else
            {
                throw new InvalidDataException($"The data chunk at byte {at} comes before a format chunk, so nothing says what the bytes mean.");
            }
        }
    }

    private static WavFormat ReadFormat(Stream stream, uint size, long at, ref long position)
    {
        if (size > LongestFormatChunk)
        {
            throw new InvalidDataException($"The format chunk at byte {at} says it has {size} bytes; real ones have 16 to 40.");
        }

        var chunk = Take(stream, (int)(size + (size & 1)), ref position, $"The format chunk at byte {at}");
        return WavFormat.Parse(chunk.AsSpan(0, (int)size), at);
    }

    private static short[] ReadSamples(Stream stream, WavFormat format, int? channel, long? size, long start)
    {
        var block = new byte[BlockBytes - (BlockBytes % format.BytesPerFrame)];
        // All at once only where that many bytes are really left to read.
        var certain = size is not null && stream.CanSeek && size <= stream.Length - stream.Position ? size.Value : Math.Min(size ?? block.Length, block.Length);
        var samples = new short[(int)Math.Min(certain / format.BytesPerFrame, MostSamples)];
        var count = 0;
        var left = size ?? long.MaxValue;
        while (left > 0)
        {
            var wanted = (int)Math.Min(block.Length, left);
            var read = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            left -= read;
            var frames = read / format.BytesPerFrame;
            if ((long)count + frames > MostSamples)
            {
                throw new InvalidDataException($"The file is longer than {MostSamples} samples, the most that is read.");
            }

            if (count + frames > samples.Length)
            {
                Array.Resize(ref samples, Math.Max(samples.Length * 2, count + frames));
            }

            WavSamples.Decode(block.AsSpan(0, frames * format.BytesPerFrame), format, channel, samples.AsSpan(count));
            count += frames;
            if (read < wanted)
            {
                break;
            }
        }

        if (size is { } promised && left > 0)
        {
            throw new InvalidDataException(
                $"The file ends early: the data chunk at byte {start - 8} promises {promised} bytes of audio, {promised - left} are there.");
        }

        Array.Resize(ref samples, count);
        return samples;
    }

    private static byte[] TakeChunkHeader(Stream stream, ref long position, bool lacksFormat)
    {
        var chunk = new byte[8];
        var read = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        if (read < chunk.Length)
        {
            throw new InvalidDataException($"The file ends at byte {position + read} without {(lacksFormat ? "a format chunk" : "a data chunk, that is without audio")}.");
        }

        position += read;
        return chunk;
    }

    private static byte[] Take(Stream stream, int length, ref long position, string what)
    {
        var bytes = new byte[length];
        var read = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        if (read < length)
        {
            throw new InvalidDataException($"{what} is cut off: it needs {length} bytes from byte {position} on, {read} are there.");
        }

        position += read;
        return bytes;
    }

    /// <summary>By reading, since a pipe cannot seek, and a seek past the end would hide that the file is cut.</summary>
    private static void Skip(Stream stream, long length, long at, byte[] chunk, ref long position)
    {
        var scrap = new byte[(int)Math.Min(length, BlockBytes)];
        for (var left = length; left > 0;)
        {
            var wanted = (int)Math.Min(scrap.Length, left);
            var read = stream.ReadAtLeast(scrap.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            left -= read;
            position += read;
            if (read < wanted)
            {
                throw new InvalidDataException(
                    $"The file ends early: the chunk \"{Printable(chunk.AsSpan(0, 4))}\" at byte {at} promises {length} bytes, {length - left} are there, and no audio came before it.");
            }
        }
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            text.Append(b is >= 0x20 and < 0x7F ? (char)b : '?');
        }

        return text.ToString();
    }
}

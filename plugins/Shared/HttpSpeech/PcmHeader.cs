using System.Buffers.Binary;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Shared.HttpSpeech;

/// <summary>Steps over the head of a WAV stream, where there is one: some servers send one though headerless audio was asked for.</summary>
internal static class PcmHeader
{
    private const int ChunkHead = 8;

    /// <summary>Returns how many bytes of audio already stand at the beginning of the buffer, and the format where there is a head.</summary>
    /// <exception cref="ProviderException">The head cannot be read, or tells of no mono audio of 16 bits.</exception>
    public static async Task<(int Carried, AudioFormat? Format)> SkipAsync(Stream stream, byte[] buffer, VendorErrors errors, CancellationToken ct)
    {
        var count = await stream.ReadAtLeastAsync(buffer.AsMemory(0, 4), 4, throwOnEndOfStream: false, ct);
        if (count < 4 || !buffer.AsSpan(0, 4).SequenceEqual("RIFF"u8))
        {
            return (count, null);
        }

        await ReadAsync(stream, buffer, 8, errors, ct);
        AudioFormat? format = null;
        while (true)
        {
            await ReadAsync(stream, buffer, ChunkHead, errors, ct);
            if (buffer.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                return (0, format ?? throw errors.Garbage("a WAV file without a format"));
            }

            var isFormat = buffer.AsSpan(0, 4).SequenceEqual("fmt "u8);
            var size = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(4));
            if (size < 0 || size > buffer.Length)
            {
                throw errors.Garbage("a WAV file that cannot be read");
            }

            await ReadAsync(stream, buffer, size, errors, ct);
            if (isFormat)
            {
                format = Read(buffer.AsSpan(0, size), errors);
            }
        }
    }

    private static async Task ReadAsync(Stream stream, byte[] buffer, int count, VendorErrors errors, CancellationToken ct)
    {
        if (await stream.ReadAtLeastAsync(buffer.AsMemory(0, count), count, throwOnEndOfStream: false, ct) < count)
        {
            throw errors.Garbage("a WAV file that ends in its head");
        }
    }

    private static AudioFormat Read(ReadOnlySpan<byte> head, VendorErrors errors)
    {
        var (encoding, channels, rate, bits) = head.Length < 16 ? default : (
            BinaryPrimitives.ReadInt16LittleEndian(head),
            BinaryPrimitives.ReadInt16LittleEndian(head[2..]),
            BinaryPrimitives.ReadInt32LittleEndian(head[4..]),
            BinaryPrimitives.ReadInt16LittleEndian(head[14..]));
        return encoding == 1 && bits == 16 && channels == 1 && rate is >= 4_000 and <= 192_000
            ? new AudioFormat(rate, channels)
            : throw errors.Garbage($"audio of {rate} Hz, {channels} channels and {bits} bits instead of mono with 16 bits");
    }
}

using System.Buffers.Binary;
using Aico.Abstractions;
using Aico.Abstractions.Audio;

namespace Aico.Plugins.Espeak;

/// <summary>
/// The head of a WAV stream of unknown length: espeak-ng writes the sizes before it knows them, so only the format counts.
/// </summary>
internal static class WavHeader
{
    /// <summary>Reads up to the first sample. False where the stream is empty.</summary>
    /// <exception cref="ProviderException">It is no WAV stream, or of another format.</exception>
    public static async Task<bool> ReadAsync(Stream stream, AudioFormat expected, CancellationToken ct)
    {
        var buffer = new byte[64];
        var count = await stream.ReadAtLeastAsync(buffer.AsMemory(0, 12), 12, throwOnEndOfStream: false, ct);
        if (count == 0)
        {
            return false;
        }

        if (count < 12 || !buffer.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !buffer.AsSpan(8, 4).SequenceEqual("WAVE"u8))
        {
            throw Wrong("something that is no WAV audio");
        }

        while (await stream.ReadAtLeastAsync(buffer.AsMemory(0, 8), 8, throwOnEndOfStream: false, ct) == 8)
        {
            if (buffer.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                return true;
            }

            var isFormat = buffer.AsSpan(0, 4).SequenceEqual("fmt "u8);
            var size = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(4));
            if (size is < 0 or > 64 || await stream.ReadAtLeastAsync(buffer.AsMemory(0, size), size, throwOnEndOfStream: false, ct) < size)
            {
                break;
            }

            if (isFormat)
            {
                Check(buffer, size, expected);
            }
        }

        throw Wrong("WAV audio without samples");
    }

    private static void Check(ReadOnlySpan<byte> format, int size, AudioFormat expected)
    {
        const int Pcm = 1;
        var encoding = size >= 16 ? BinaryPrimitives.ReadInt16LittleEndian(format) : 0;
        var channels = BinaryPrimitives.ReadInt16LittleEndian(format[2..]);
        var sampleRate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadInt16LittleEndian(format[14..]);
        if (encoding != Pcm || bits != 16 || new AudioFormat(sampleRate, channels) != expected)
        {
            throw Wrong($"audio of {sampleRate} Hz, {channels} channels and {bits} bits instead of {expected.SampleRate} Hz, mono, 16 bits");
        }
    }

    private static ProviderException Wrong(string what) => new(ProviderFailure.ProtocolError, $"espeak-ng gave {what}.");
}

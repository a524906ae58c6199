using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;

namespace Aico.Plugins.Whisper;

/// <summary>Makes a WAV file of an utterance in memory: servers refuse audio without a head.</summary>
internal static class WavFile
{
    private const int HeadBytes = 44;
    private const int SampleBytes = 2;

    public static byte[] Of(AudioFrame audio)
    {
        var format = audio.Format;
        var samples = MemoryMarshal.AsBytes(audio.Samples.Span);
        var file = new byte[HeadBytes + samples.Length];
        var head = file.AsSpan(0, HeadBytes);
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(head[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(head[22..], (short)format.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], format.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], format.SampleRate * format.Channels * SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(head[32..], (short)(format.Channels * SampleBytes));
        BinaryPrimitives.WriteInt16LittleEndian(head[34..], 8 * SampleBytes);
        "data"u8.CopyTo(head[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], samples.Length);
        samples.CopyTo(file.AsSpan(HeadBytes));
        return file;
    }
}

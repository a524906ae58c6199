using System.Buffers.Binary;
using System.Text;

namespace Aico.Host.Tests.Audio;

/// <summary>WAV files byte by byte, right or broken as a test asks.</summary>
internal static class WavBytes
{
    public static byte[] File(params byte[][] chunks) => File(null, chunks);

    public static byte[] File(uint? riffSize, params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. "RIFF"u8, .. UInt32(riffSize ?? (uint)(4 + body.Length)), .. "WAVE"u8, .. body];
    }

    public static byte[] Chunk(string id, byte[] content, uint? size = null) =>
        [.. Encoding.ASCII.GetBytes(id), .. UInt32(size ?? (uint)content.Length), .. content, .. new byte[content.Length % 2]];

    public static byte[] Format(int tag, int channels, int rate, int bits, int? frame = null) => Chunk("fmt ", FormatBody(tag, channels, rate, bits, frame));

    public static byte[] Extensible(int subFormat, int channels, int rate, int bits) => Chunk("fmt ",
    [
        .. FormatBody(0xFFFE, channels, rate, bits, null), .. UInt16(22), .. UInt16(bits), .. UInt32(4), .. UInt16(subFormat),
        0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
    ]);

    public static byte[] Pcm16(params short[] samples) => [.. samples.SelectMany(sample => UInt16(sample & 0xFFFF))];

    public static byte[] UInt16(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] FormatBody(int tag, int channels, int rate, int bits, int? frame) =>
    [
        .. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * channels * bits / 8)),
        .. UInt16(frame ?? channels * bits / 8), .. UInt16(bits),
    ];
}

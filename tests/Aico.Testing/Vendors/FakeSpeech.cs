using System.Runtime.InteropServices;

namespace Aico.Testing.Vendors;

/// <summary>What the fakes speak and hear.</summary>
internal static class FakeSpeech
{
    private const double SecondsPerCharacter = 0.06;

    public const string Heard = "ten of clubs";

    /// <summary>A tone as long as the text takes to speak.</summary>
    public static byte[] Pcm(string text, int sampleRate)
    {
        var samples = new short[(int)(text.Length * SecondsPerCharacter * sampleRate)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(4000 * Math.Sin(i * 440 * 2 * Math.PI / sampleRate));
        }

        return MemoryMarshal.AsBytes<short>(samples).ToArray();
    }

    public static byte[] Wav(string text, int sampleRate)
    {
        var pcm = Pcm(text, sampleRate);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + pcm.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(sampleRate * 2);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(pcm.Length);
        writer.Write(pcm);
        return stream.ToArray();
    }

    /// <summary>True where somebody speaks in it.</summary>
    public static bool IsLoud(ReadOnlySpan<byte> pcm)
    {
        foreach (var sample in MemoryMarshal.Cast<byte, short>(pcm))
        {
            if (sample is > 3000 or < -3000)
            {
                return true;
            }
        }

        return false;
    }
}

using System.Runtime.InteropServices;

namespace Aico.Plugins.Tests.Onnx;

/// <summary>Human speech of two Debian packages, at 16 kHz, and sounds that are no speech.</summary>
internal static class SpeechClips
{
    private const string Librivox = "/usr/share/pocketsphinx/test/data/librivox";
    private const string Asterisk = "/usr/share/asterisk/sounds/en";

    /// <summary>Five sentences of a novel, read aloud: 24.7 seconds.</summary>
    public static IReadOnlyList<(string Text, short[] Samples)> Sentences { get; } = LoadSentences();

    /// <summary>A prompt of a telephone exchange. It has 8 kHz: every other sample is put in between its neighbours.</summary>
    public static short[] Prompt(string name)
    {
        var narrow = Read(Path.Combine(Asterisk, name + ".wav"), "asterisk-core-sounds-en-wav", 8_000);
        var wide = new short[narrow.Length * 2];
        for (var i = 0; i < narrow.Length; i++)
        {
            wide[2 * i] = narrow[i];
            wide[(2 * i) + 1] = (short)((narrow[i] + narrow[Math.Min(i + 1, narrow.Length - 1)]) / 2);
        }

        return wide;
    }

    public static short[] Silence(double seconds) => new short[(int)(seconds * 16_000)];

    /// <summary>White noise of the given loudness (RMS, in decibels below full scale); the same every time.</summary>
    public static short[] Noise(double seconds, double decibels)
    {
        var random = new Random(1);
        var peak = 32768 * Math.Pow(10, decibels / 20) * Math.Sqrt(3);
        return [.. Silence(seconds).Select(_ => (short)(peak * ((2 * random.NextDouble()) - 1)))];
    }

    private static List<(string, short[])> LoadSentences()
    {
        var transcription = Path.Combine(Librivox, "transcription");
        Require(transcription, "pocketsphinx-testdata");

        // A line is "<s> the words </s> (the-file)".
        return [.. File.ReadLines(transcription).Select(line =>
        {
            var text = line[..line.IndexOf("</s>", StringComparison.Ordinal)].Replace("<s>", "", StringComparison.Ordinal).Trim();
            var file = line[(line.LastIndexOf('(') + 1)..line.LastIndexOf(')')] + ".wav";
            return (text, Read(Path.Combine(Librivox, file), "pocketsphinx-testdata", 16_000));
        })];
    }

    private static short[] Read(string path, string package, int sampleRate)
    {
        Require(path, package);
        var bytes = File.ReadAllBytes(path);
        BitConverter.ToInt16(bytes, 22).Should().Be(1, "{0} should be mono", path);
        BitConverter.ToInt32(bytes, 24).Should().Be(sampleRate, "{0} should have that rate", path);
        var data = bytes.AsSpan().IndexOf("data"u8) + 8;
        return MemoryMarshal.Cast<byte, short>(bytes.AsSpan(data)[..(BitConverter.ToInt32(bytes, data - 4) & ~1)]).ToArray();
    }

    private static void Require(string path, string package)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is missing: apt-get install {package} brings it, and these tests mean nothing without it.");
        }
    }
}

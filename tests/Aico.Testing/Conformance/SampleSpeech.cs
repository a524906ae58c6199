using Aico.Abstractions.Audio;
using Aico.Host.Audio;

namespace Aico.Testing.Conformance;

/// <summary>Human speech for tests, from Debian's package pocketsphinx-testdata.</summary>
public static class SampleSpeech
{
    private const string Folder = "/usr/share/pocketsphinx/test/data";

    /// <summary>Somebody says "ten of clubs": 16 kHz mono, about two seconds.</summary>
    public static AudioFrame TenOfClubs => Read("cards/001.wav");

    private static AudioFrame Read(string name)
    {
        var path = Path.Combine(Folder, name);
        Assert.That(path, Does.Exist, "Human speech for tests is missing: apt-get install pocketsphinx-testdata.");
        var audio = WavReader.Read(path);
        return new AudioFrame(new AudioFormat(audio.SampleRate, 1), audio.Samples, TimeSpan.Zero);
    }
}

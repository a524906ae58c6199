using Aico.Host.Audio;
using Aico.Testing.Conformance;

namespace Aico.Docs.Tests;

/// <summary>The files that the documents name in their examples.</summary>
internal static class SampleFiles
{
    public static void Write(string folder)
    {
        var speech = SampleSpeech.TenOfClubs;
        foreach (var name in new[] { "question.wav", "next.wav" })
        {
            using var file = File.Create(Path.Combine(folder, name));
            using var wav = new WavWriter(file, speech.Format.SampleRate, speech.Format.Channels);
            wav.Write(speech.Samples.Span);
        }

        File.WriteAllText(Path.Combine(folder, "key.txt"), "not-a-key-of-anybody\n");
        File.WriteAllText(Path.Combine(folder, "lines.txt"), "Hello.\nHow late is it?\n");
        File.WriteAllText(Path.Combine(folder, "acme.json"), """{ "name": "Acme", "providers": { "flite": {}, "scripted": {} } }""");
        File.WriteAllText(Path.Combine(folder, "operator.env"), "AICO_API_KEY=not-a-key-of-anybody\n");
    }
}

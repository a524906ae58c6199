using Aico.Host.Audio;

namespace Aico.Host.Tests.Cli.Talk;

/// <summary>A file with half a second of a tone, gone when the test ends.</summary>
internal sealed class TemporaryWav : IDisposable
{
    public TemporaryWav(int sampleRate = 16_000, int samples = 8_000)
    {
        Path = System.IO.Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():n}.wav");
        using var writer = new WavWriter(File.Create(Path), sampleRate, 1);
        writer.Write([.. Enumerable.Range(0, samples).Select(i => (short)(8000 * Math.Sin(i * 0.2)))]);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}

using Aico.Host.Audio;
using BenchmarkDotNet.Attributes;

namespace Aico.Benchmarks;

/// <summary>Ten seconds of 16 kHz mono, 320 kB; the samples themselves are 320 kB of what is allocated.</summary>
[MemoryDiagnoser]
public class WavBenchmarks
{
    private byte[] file = [];

    [GlobalSetup]
    public void Setup()
    {
        var stream = new MemoryStream();
        using (var writer = new WavWriter(stream, 16_000, 1))
        {
            writer.Write(new short[160_000]);
        }

        file = stream.ToArray();
    }

    [Benchmark]
    public int Read_10_s() => WavReader.Read(new MemoryStream(file)).Samples.Length;
}

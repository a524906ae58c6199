using Aico.Host.Audio;
using BenchmarkDotNet.Attributes;

namespace Aico.Benchmarks;

/// <summary>One frame of 20 ms.</summary>
[MemoryDiagnoser]
public class ResamplerBenchmarks
{
    private Resampler resampler = new(48_000, 16_000);
    private short[] input = [];
    private short[] output = [];

    [Params("48000-16000", "16000-48000", "24000-48000", "44100-16000", "22050-48000", "8000-16000")]
    public string Rates { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var rates = Rates.Split('-').Select(rate => int.Parse(rate, null)).ToArray();
        resampler = new Resampler(rates[0], rates[1]);
        input = new short[rates[0] / 50];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(input.AsSpan()));
        output = new short[resampler.MaximumOutput(input.Length)];
    }

    [Benchmark]
    public int Process_20_ms() => resampler.Process(input, output);
}

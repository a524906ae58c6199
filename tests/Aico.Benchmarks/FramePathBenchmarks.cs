using System.Threading.Channels;
using Aico.Abstractions.Audio;
using BenchmarkDotNet.Attributes;

namespace Aico.Benchmarks;

/// <summary>One 20 ms frame of 16 kHz from a writer to a reader: a new array each, since frames are immutable and never pooled.</summary>
[MemoryDiagnoser]
public class FramePathBenchmarks
{
    private const int Frames = 1_000;

    private readonly short[] source = new short[320];

    [Benchmark(OperationsPerInvoke = Frames)]
    public async Task<int> Bounded_channel_that_drops_the_oldest()
    {
        var channel = Channel.CreateBounded<AudioFrame>(new BoundedChannelOptions(50) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });
        var read = 0;
        for (var i = 0; i < Frames; i++)
        {
            channel.Writer.TryWrite(NewFrame(i));
            var frame = await channel.Reader.ReadAsync();
            read += frame.Samples.Length;
        }

        return read;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public async Task<int> Bounded_channel_with_reader_and_writer_at_once()
    {
        var channel = Channel.CreateBounded<AudioFrame>(new BoundedChannelOptions(10) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = true });
        var reader = ReadAllAsync(channel.Reader);
        for (var i = 0; i < Frames; i++)
        {
            await channel.Writer.WriteAsync(NewFrame(i));
        }

        channel.Writer.Complete();
        return await reader;
    }

    private AudioFrame NewFrame(int index) => new(AudioFormat.Speech, source.AsSpan().ToArray(), TimeSpan.FromMilliseconds(20 * index));

    private static async Task<int> ReadAllAsync(ChannelReader<AudioFrame> reader)
    {
        var read = 0;
        await foreach (var frame in reader.ReadAllAsync())
        {
            read += frame.Samples.Length;
        }

        return read;
    }
}

using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Rtc;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.LiveKit.Rtc;

public class AudioProcessorTests
{
    private const int Frame = 320;
    private static readonly AudioFormat Format = AudioFormat.Speech;

    [Test]
    public void Suppresses_steady_noise()
    {
        using var processor = new AudioProcessor(SharedFfi.Client, Format, new RoomAudioProcessing { NoiseSuppression = true });
        var noise = Noise(seconds: 3);

        var heard = Frames(noise).Select(frame => Processed(processor, frame)).ToList();

        Level(heard.Skip(100)).Should().BeLessThan(Level(Frames(noise).Skip(100)) / 2);
        processor.Failures.Should().Be(0);
    }

    [Test]
    public void Removes_the_echo_of_what_is_played()
    {
        using var processor = new AudioProcessor(SharedFfi.Client, Format, new RoomAudioProcessing { EchoCancellation = true });
        var played = Frames(Speechlike(seconds: 6)).ToList();
        const int Delay = 7;

        var echo = new List<short[]>();
        var left = new List<short[]>();
        for (var i = 0; i < played.Count; i++)
        {
            processor.Play(played[i], Format);
            var back = i < Delay ? new short[Frame] : [.. played[i - Delay].Select(sample => (short)(sample / 2))];
            echo.Add([.. back]);
            left.Add(Processed(processor, back));
        }

        Level(left.Skip(200)).Should().BeLessThan(Level(echo.Skip(200)) / 4, "after a few seconds the canceller knows the way that the echo takes");
        processor.Failures.Should().Be(0);
    }

    [Test]
    public void Lets_go_of_its_handle()
    {
        var before = SharedFfi.Client.LiveHandles;

        var processor = new AudioProcessor(SharedFfi.Client, Format, new RoomAudioProcessing { HighPass = true });
        var during = SharedFfi.Client.LiveHandles;
        processor.Dispose();
        processor.Dispose();

        during.Should().Be(before + 1);
        SharedFfi.Client.LiveHandles.Should().Be(before);
    }

    private static short[] Processed(AudioProcessor processor, short[] frame)
    {
        short[] samples = [.. frame];
        processor.Process(samples);
        return samples;
    }

    private static short[] Noise(int seconds)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, seconds * Format.SampleRate).Select(_ => (short)random.Next(-1000, 1000))];
    }

    // Noise that comes and goes four times a second: what a canceller learns from.
    private static short[] Speechlike(int seconds)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, seconds * Format.SampleRate).Select(i =>
            (short)(random.Next(-8000, 8000) * (0.2 + Math.Pow(Math.Sin(i * Math.PI * 4 / Format.SampleRate), 2))))];
    }

    private static IEnumerable<short[]> Frames(short[] samples) => samples.Chunk(Frame).Where(frame => frame.Length == Frame);

    private static double Level(IEnumerable<short[]> frames) => Math.Sqrt(frames.SelectMany(frame => frame).Average(sample => (double)sample * sample));
}

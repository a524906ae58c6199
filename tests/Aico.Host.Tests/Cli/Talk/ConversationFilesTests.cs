using Aico.Abstractions.Audio;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

public class ConversationFilesTests
{
    [Test]
    public void Puts_the_caller_left_and_the_agent_right_on_one_clock()
    {
        var recorder = new ConversationRecorder();
        recorder.AddCaller(Tone(AudioFormat.Speech, TimeSpan.FromMilliseconds(100), TimeSpan.Zero));
        recorder.AddAgent(Tone(new AudioFormat(24_000, 1), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200)));

        var both = ConversationFiles.Stereo(recorder, 24_000);

        both.Format.Should().Be(new AudioFormat(24_000, 2));
        both.Duration.Should().Be(TimeSpan.FromMilliseconds(300));
        var (left, right) = (Side(both, 0), Side(both, 1));
        Loudness(left[..2400]).Should().BeGreaterThan(3000);
        Loudness(left[2500..]).Should().Be(0);
        Loudness(right[..4800]).Should().Be(0);
        Loudness(right[4800..]).Should().BeGreaterThan(3000);
    }

    private static short[] Side(AudioFrame both, int side) => [.. both.Samples.ToArray().Where((_, i) => i % 2 == side)];

    private static double Loudness(short[] samples) => Math.Sqrt(samples.Average(sample => (double)sample * sample));

    private static AudioFrame Tone(AudioFormat format, TimeSpan duration, TimeSpan offset)
    {
        var samples = Enumerable.Range(0, format.SamplesIn(duration)).Select(i => (short)(8000 * Math.Sin(i * 2 * Math.PI * 440 / format.SampleRate)));
        return new AudioFrame(format, samples.ToArray(), offset);
    }
}

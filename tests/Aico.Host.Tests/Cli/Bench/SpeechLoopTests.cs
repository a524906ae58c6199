namespace Aico.Host.Tests.Cli.Bench;

public class SpeechLoopTests
{
    [Test]
    public void Repeats_the_clips_with_silence_in_whole_frames()
    {
        var loop = new SpeechLoop([new short[] { 1, 2, 3 }, Enumerable.Repeat((short)9, 700).ToArray()], TimeSpan.FromMilliseconds(40));

        var samples = Enumerable.Range(0, loop.Frames).SelectMany(i => loop.Frame(i).ToArray()).ToArray();
        samples[..3].Should().Equal(1, 2, 3);
        samples[3..960].Should().OnlyContain(sample => sample == 0);
        samples[960..1660].Should().OnlyContain(sample => sample == 9);
        samples[1660..].Should().OnlyContain(sample => sample == 0).And.HaveCountGreaterThanOrEqualTo(640);
        loop.Frame(loop.Frames + 3).ToArray().Should().Equal(loop.Frame(3).ToArray());
    }
}

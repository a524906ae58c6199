using Aico.Host.Audio;

namespace Aico.Host.Tests.Audio;

public class AudioLevelTests
{
    [Test]
    public void Measures_dB_below_full_scale()
    {
        var sine = Enumerable.Range(0, 16_000).Select(i => (short)Math.Round(32_767 * Math.Sin(2 * Math.PI * 100 * i / 16_000))).ToArray();

        AudioLevel.RmsDb(sine).Should().BeApproximately(-3.01, 0.01);
        AudioLevel.PeakDb(sine).Should().BeApproximately(0, 0.01);
        AudioLevel.RmsDb(Enumerable.Repeat(short.MinValue, 100_000).ToArray()).Should().Be(0);
        AudioLevel.RmsDb([3_277, -3_277]).Should().BeApproximately(-20, 0.01);
    }

    [Test]
    public void Has_a_figure_for_silence()
    {
        AudioLevel.RmsDb([]).Should().Be(AudioLevel.SilenceDb);
        AudioLevel.RmsDb(new short[320]).Should().Be(AudioLevel.SilenceDb);
        AudioLevel.PeakDb([]).Should().Be(AudioLevel.SilenceDb);
    }

    [Test]
    public void Knows_the_peak_of_the_lowest_sample() => AudioLevel.Peak([5, short.MinValue, 7]).Should().Be(32_768);
}

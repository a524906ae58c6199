using Aico.Host.Audio;

namespace Aico.Host.Tests.Audio;

public class PcmConversionTests
{
    [TestCase(0f, 0)]
    [TestCase(0.5f, 16_384)]
    [TestCase(1f, 32_767)]
    [TestCase(-1f, -32_768)]
    [TestCase(7f, 32_767)]
    [TestCase(-7f, -32_768)]
    [TestCase(float.NaN, 0)]
    [TestCase(float.PositiveInfinity, 32_767)]
    [TestCase(0.00002f, 1)]
    public void Saturates_what_is_beyond_full_scale(float sample, int expected) => PcmConversion.ToPcm(sample).Should().Be((short)expected);

    [Test]
    public void Keeps_every_sample_on_the_way_to_float_and_back()
    {
        var all = Enumerable.Range(short.MinValue, 65_536).Select(i => (short)i).ToArray();
        var floats = new float[all.Length];
        var back = new short[all.Length];

        PcmConversion.ToFloat(all, floats);
        PcmConversion.ToPcm(floats, back);

        floats.Should().OnlyContain(sample => sample >= -1 && sample < 1);
        back.Should().Equal(all);
    }

    [Test]
    public void Joins_two_tracks_to_stereo()
    {
        var stereo = new short[6];

        PcmConversion.Interleave([1, 2, 3], [4, 5, 6], stereo);

        stereo.Should().Equal(1, 4, 2, 5, 3, 6);
        FluentActions.Invoking(() => PcmConversion.Interleave([1], [], new short[2])).Should().Throw<ArgumentException>();
    }

    [Test]
    public void Mixes_channels_without_overflow()
    {
        var mono = new short[2];

        PcmConversion.ToMono([32_767, 32_767, -32_768, 0], 2, mono);

        mono.Should().Equal(32_767, -16_384);
    }

    [Test]
    public void Saturates_a_gain()
    {
        short[] samples = [100, -100, 30_000, -30_000];

        PcmConversion.ApplyGain(samples, 2);

        samples.Should().Equal(200, -200, 32_767, -32_768);
    }

    [Test]
    public void Allocates_nothing()
    {
        var samples = new short[320];
        var floats = new float[320];
        var stereo = new short[640];

        Allocations.Of(() =>
        {
            PcmConversion.ToFloat(samples, floats);
            PcmConversion.ToPcm(floats, samples);
            PcmConversion.Interleave(samples, samples, stereo);
            PcmConversion.ToMono(stereo, 2, samples);
            PcmConversion.ApplyGain(samples, 0.5f);
        }).Should().Be(0);
    }
}

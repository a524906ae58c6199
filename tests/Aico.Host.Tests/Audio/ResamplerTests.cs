using Aico.Host.Audio;

namespace Aico.Host.Tests.Audio;

public class ResamplerTests
{
    // The last ones have many phases: 11.025 to 96 kHz interpolates, 44.101 is a prime against the other.
    private static readonly (int From, int To)[] Rates =
    [
        (8_000, 16_000), (16_000, 8_000), (16_000, 24_000), (24_000, 16_000), (16_000, 48_000), (48_000, 16_000), (22_050, 16_000),
        (22_050, 48_000), (44_100, 16_000), (44_100, 48_000), (48_000, 24_000), (48_000, 8_000), (8_000, 96_000), (96_000, 8_000), (11_025, 96_000), (44_101, 16_000),
    ];

    [TestCaseSource(nameof(Rates))]
    public void Keeps_a_tone_of_the_pass_band_as_it_is((int From, int To) rates)
    {
        foreach (var share in new[] { 0.05, 0.3, 0.6, 0.85 })
        {
            var hertz = share * Math.Min(rates.From, rates.To) / 2;

            var output = Convert(rates, Sine(rates.From, hertz, rates.From / 2));

            SignalToNoiseDb(output, rates.To, hertz).Should().BeGreaterThan(60, "{0} Hz from {1}", hertz, rates);
        }
    }

    [TestCaseSource(nameof(Rates))]
    public void Keeps_the_level_of_the_pass_band((int From, int To) rates)
    {
        var hertz = 0.4 * Math.Min(rates.From, rates.To) / 2;

        var output = Convert(rates, Sine(rates.From, hertz, rates.From / 2));

        AudioLevel.RmsDb(Inner(output)).Should().BeApproximately(AudioLevel.RmsDb(Sine(rates.From, hertz, rates.From)), 0.05);
    }

    [TestCase(48_000, 16_000, 8_100)]
    [TestCase(48_000, 16_000, 12_000)]
    [TestCase(48_000, 8_000, 4_050)]
    [TestCase(44_100, 16_000, 9_000)]
    [TestCase(24_000, 16_000, 8_500)]
    [TestCase(96_000, 8_000, 20_000)]
    public void Lets_nothing_above_the_new_band_fold_back(int from, int to, int hertz) =>
        AudioLevel.RmsDb(Inner(Convert((from, to), Sine(from, hertz, from / 2)))).Should().BeLessThan(AudioLevel.RmsDb(Sine(from, hertz, from)) - 50);

    [TestCase(16_000, 48_000, 6_500)]
    [TestCase(8_000, 16_000, 3_300)]
    [TestCase(16_000, 24_000, 6_500)]
    [TestCase(22_050, 48_000, 9_000)]
    public void Makes_no_images_of_a_tone(int from, int to, int hertz)
    {
        var output = Inner(Convert((from, to), Sine(from, hertz, from / 2)));

        (LevelDb(output, to, from - hertz) - LevelDb(output, to, hertz)).Should().BeLessThan(-50);
    }

    [TestCaseSource(nameof(Rates))]
    public void Gives_the_length_that_the_ratio_asks_for((int From, int To) rates)
    {
        foreach (var length in new[] { 0, 1, 7, 160, 999, 12_345 })
        {
            Convert(rates, Sine(rates.From, 300, length)).Length.Should().BeCloseTo((int)Math.Round((double)length * rates.To / rates.From), 1);
        }
    }

    [TestCaseSource(nameof(Rates))]
    public void Makes_the_same_of_chunks_as_of_the_whole((int From, int To) rates)
    {
        var random = new Random(3);
        var input = new short[9_000];
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = (short)random.Next(short.MinValue, short.MaxValue);
        }

        var whole = Convert(rates, input);
        var resampler = new Resampler(rates.From, rates.To);
        var pieces = new List<short>();
        for (var taken = 0; taken < input.Length;)
        {
            var chunk = input.AsSpan(taken, Math.Min(random.Next(0, 1_200), input.Length - taken));
            var output = new short[resampler.MaximumOutput(chunk.Length)];
            pieces.AddRange(output[..resampler.Process(chunk, output)]);
            taken += chunk.Length;
        }

        var rest = new short[resampler.MaximumFlushOutput];
        pieces.AddRange(rest[..resampler.Flush(rest)]);

        pieces.Should().Equal(whole);
    }

    [Test]
    public void Shifts_nothing()
    {
        var click = new short[1_600];
        click[800] = 30_000;

        var output = Convert((16_000, 48_000), click);

        Array.IndexOf(output, output.Max()).Should().Be(2_400);
    }

    [TestCase(8_000, 48_000, 4.0)]
    [TestCase(16_000, 24_000, 2.0)]
    [TestCase(48_000, 16_000, 2.0)]
    [TestCase(44_100, 16_000, 2.1)]
    [TestCase(16_000, 16_000, 0.0)]
    public void Holds_back_little_and_says_how_much(int from, int to, double mostMs)
    {
        var resampler = new Resampler(from, to);
        var output = new short[resampler.MaximumOutput(from)];

        var written = resampler.Process(new short[from], output);

        resampler.Delay.TotalMilliseconds.Should().BeLessThanOrEqualTo(mostMs);
        ((double)(to - written) / to).Should().BeApproximately(resampler.Delay.TotalSeconds, 1.5 / Math.Min(from, to));
    }

    [Test]
    public void Copies_where_the_rates_are_equal()
    {
        var input = Sine(16_000, 440, 333);

        Convert((16_000, 16_000), input).Should().Equal(input);
    }

    [Test]
    public void Is_as_new_after_a_reset_and_after_a_flush()
    {
        var resampler = new Resampler(48_000, 16_000);
        var tone = Sine(48_000, 440, 5_000);
        var expected = Convert((48_000, 16_000), tone);
        var output = new short[resampler.MaximumOutput(tone.Length) + resampler.MaximumFlushOutput];
        resampler.Process(Sine(48_000, 999, 1_234), output);

        for (var round = 0; round < 2; round++)
        {
            resampler.Reset();
            var written = resampler.Process(tone, output);
            written += resampler.Flush(output.AsSpan(written));
            output[..written].Should().Equal(expected);

            written = resampler.Process(tone, output);
            written += resampler.Flush(output.AsSpan(written));
            output[..written].Should().Equal(expected);
        }
    }

    [Test]
    public void Saturates_where_the_filter_overshoots()
    {
        var square = new short[2_000];
        for (var i = 0; i < square.Length; i++)
        {
            square[i] = i / 20 % 2 == 0 ? short.MaxValue : short.MinValue;
        }

        Convert((16_000, 48_000), square).Should().Contain(short.MaxValue).And.Contain(short.MinValue);
    }

    [TestCase(7_999, 16_000)]
    [TestCase(16_000, 96_001)]
    public void Refuses_rates_that_no_speech_has(int from, int to) =>
        FluentActions.Invoking(() => new Resampler(from, to)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void Refuses_an_output_that_is_too_small() =>
        FluentActions.Invoking(() => new Resampler(8_000, 16_000).Process(new short[100], new short[100])).Should().Throw<ArgumentException>().WithMessage("*201*");

    [TestCase(48_000, 16_000)]
    [TestCase(44_100, 48_000)]
    [TestCase(11_025, 96_000)]
    public void Allocates_nothing_after_construction(int from, int to)
    {
        var resampler = new Resampler(from, to);
        var input = Sine(from, 440, from / 50);
        var output = new short[resampler.MaximumOutput(input.Length)];

        Allocations.Of(() => resampler.Process(input, output)).Should().Be(0);
    }

    private static short[] Convert((int From, int To) rates, short[] input)
    {
        var resampler = new Resampler(rates.From, rates.To);
        var output = new short[resampler.MaximumOutput(input.Length) + resampler.MaximumFlushOutput];
        var written = resampler.Process(input, output);
        written += resampler.Flush(output.AsSpan(written));
        return output[..written];
    }

    private static short[] Sine(int rate, double hertz, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (short)Math.Round(16_000 * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    /// <summary>Without the ends, where the tone begins and stops and so has every frequency.</summary>
    private static short[] Inner(short[] samples) => samples[(samples.Length / 8)..^(samples.Length / 8)];

    /// <summary>Fits a sine of the frequency and compares its power with that of the rest.</summary>
    private static double SignalToNoiseDb(short[] output, int rate, double hertz)
    {
        var samples = Inner(output);
        var (sine, cosine) = Fit(samples, rate, hertz);
        var noise = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var angle = 2 * Math.PI * hertz * i / rate;
            noise += Math.Pow(samples[i] - (sine * Math.Sin(angle)) - (cosine * Math.Cos(angle)), 2);
        }

        return 10 * Math.Log10(((sine * sine) + (cosine * cosine)) / 2 / (noise / samples.Length));
    }

    private static double LevelDb(short[] samples, int rate, double hertz)
    {
        var (sine, cosine) = Fit(samples, rate, hertz);
        return 10 * Math.Log10((sine * sine) + (cosine * cosine) + 1e-9);
    }

    /// <summary>Least squares, since the stretch holds no whole number of periods.</summary>
    private static (double Sine, double Cosine) Fit(short[] samples, int rate, double hertz)
    {
        double ss = 0, cc = 0, sc = 0, ys = 0, yc = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * hertz * i / rate);
            ss += s * s;
            cc += c * c;
            sc += s * c;
            ys += samples[i] * s;
            yc += samples[i] * c;
        }

        var determinant = (ss * cc) - (sc * sc);
        return (((ys * cc) - (yc * sc)) / determinant, ((yc * ss) - (ys * sc)) / determinant);
    }
}

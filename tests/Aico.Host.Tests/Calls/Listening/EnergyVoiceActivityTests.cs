using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls.Listening;

namespace Aico.Host.Tests.Calls.Listening;

public class EnergyVoiceActivityTests
{
    [Test]
    public void Tells_a_loud_voice_from_silence()
    {
        using var stream = new EnergyVoiceActivity().Open();

        Feed(stream, amplitude: 0, windows: 10)[^1].Should().BeLessThan(0.1f);
        Feed(stream, amplitude: 3000, windows: 10).Should().OnlyContain(probability => probability > 0.9f);
        Feed(stream, amplitude: 0, windows: 10)[^1].Should().BeLessThan(0.1f);
    }

    [Test]
    public void Learns_the_noise_of_a_line()
    {
        using var stream = new EnergyVoiceActivity().Open();

        var noise = Feed(stream, amplitude: 200, windows: 200);

        noise[0].Should().BeGreaterThan(0.3f);
        noise[^1].Should().BeLessThan(0.1f);
        Feed(stream, amplitude: 3000, windows: 3)[^1].Should().BeGreaterThan(0.8f, "a voice is louder than the noise");
    }

    [Test]
    public void Still_hears_a_voice_after_half_a_minute_of_it()
    {
        using var stream = new EnergyVoiceActivity().Open();

        Feed(stream, amplitude: 3000, windows: 1000)[^1].Should().BeGreaterThan(0.5f);
    }

    [Test]
    public void Refuses_windows_of_another_size()
    {
        using var stream = new EnergyVoiceActivity().Open();

        var detecting = () => stream.Detect(new short[511]);

        detecting.Should().Throw<ArgumentException>().WithMessage("A window has 512 samples, not 511.*");
    }

    [Test]
    public void Refuses_to_go_on_after_disposal_and_takes_a_second_disposal()
    {
        var stream = new EnergyVoiceActivity().Open();
        stream.Dispose();
        stream.Dispose();

        var detecting = () => stream.Detect(new short[512]);

        detecting.Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public void Forgets_the_line_when_it_is_reset()
    {
        using var stream = new EnergyVoiceActivity().Open();
        var first = Feed(stream, amplitude: 100, windows: 5);
        Feed(stream, amplitude: 150, windows: 200);

        stream.Reset();

        Feed(stream, amplitude: 100, windows: 5).Should().Equal(first);
    }

    private static List<float> Feed(IVoiceActivityStream stream, short amplitude, int windows)
    {
        var probabilities = new List<float>();
        for (var i = 0; i < windows; i++)
        {
            var window = new short[512];
            for (var n = 0; n < window.Length; n++)
            {
                window[n] = (short)(n % 8 < 4 ? amplitude : -amplitude);
            }

            probabilities.Add(stream.Detect(window));
        }

        return probabilities;
    }
}

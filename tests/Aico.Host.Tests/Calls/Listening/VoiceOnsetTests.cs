using Aico.Host.Calls.Listening;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.Listening;

public class VoiceOnsetTests
{
    private const int Window = 512;
    private const int Block = 128;
    private const short Voice = 4000;
    private const short Noise = 150;

    [Test]
    public void Finds_the_sound_that_led_to_the_voice()
    {
        var line = Line(silentBlocks: 18, voicedBlocks: 14);

        OnsetOf(line, recognizedBlock: 24).Should().Be(Seconds(18 * 0.008), "the model was sure of it 48 ms late");
    }

    [Test]
    public void Finds_the_beginning_within_the_first_window_that_was_taken_for_speech()
    {
        var line = Line(silentBlocks: 27, voicedBlocks: 5);

        OnsetOf(line, recognizedBlock: 24).Should().Be(Seconds(27 * 0.008));
    }

    [Test]
    public void Hears_the_beginning_out_of_noise_that_is_quieter_than_the_voice()
    {
        var line = Line(silentBlocks: 20, voicedBlocks: 12, silence: Noise);

        OnsetOf(line, recognizedBlock: 24).Should().Be(Seconds(20 * 0.008));
    }

    [Test]
    public void Takes_no_noise_for_the_beginning_that_has_gone_on_for_long()
    {
        var line = Line(silentBlocks: 4, voicedBlocks: 44);

        OnsetOf(line, recognizedBlock: 40).Should().Be(Seconds(40 * 0.008), "320 ms as loud before the model heard speech in it: it was something else");
    }

    [Test]
    public void Takes_no_earlier_sound_for_it_that_a_silence_divides_from_it()
    {
        var line = Line(silentBlocks: 16, voicedBlocks: 16);
        Array.Fill(line, Voice, 10 * Block, 5 * Block);

        OnsetOf(line, recognizedBlock: 20).Should().Be(Seconds(16 * 0.008));
    }

    [Test]
    public void Begins_with_the_line_where_the_voice_does()
    {
        OnsetOf(Line(silentBlocks: 0, voicedBlocks: 12), recognizedBlock: 4).Should().Be(Seconds(4 * 0.008), "what was before it nobody knows");
        OnsetOf(Line(silentBlocks: 0, voicedBlocks: 8), recognizedBlock: 0).Should().Be(TimeSpan.Zero);
    }

    [Test]
    public void Knows_windows_of_other_sizes()
    {
        var onset = new VoiceOnset(320);
        for (var window = 0; window < 6; window++)
        {
            var samples = new short[320];
            Array.Fill(samples, window >= 3 ? Voice : (short)0);
            onset.Add(samples);
        }

        onset.Of(Seconds(0.08), Seconds(0.12)).Should().Be(Seconds(0.06));
    }

    private static short[] Line(int silentBlocks, int voicedBlocks, short silence = 0)
    {
        var line = new short[(silentBlocks + voicedBlocks) * Block];
        Array.Fill(line, silence, 0, silentBlocks * Block);
        Array.Fill(line, Voice, silentBlocks * Block, voicedBlocks * Block);
        return line;
    }

    private static TimeSpan OnsetOf(short[] line, int recognizedBlock)
    {
        var onset = new VoiceOnset(Window);
        for (var at = 0; at + Window <= line.Length; at += Window)
        {
            onset.Add(line.AsSpan(at, Window));
        }

        return onset.Of(Seconds(recognizedBlock * 0.008), Seconds(line.Length / 16_000.0));
    }
}

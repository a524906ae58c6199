using Aico.Host.Cli.Bench.Rooms;

namespace Aico.Host.Tests.Cli.Bench.Rooms;

public class VoiceLevelTests
{
    // -30 dB, -40 dB and -60 dB below full scale.
    private const short Speech = 1036;
    private const short Noise = 328;
    private const short Nothing = 33;

    [Test]
    public void Finds_where_speech_begins_and_ends_whatever_noise_is_around_it()
    {
        var samples = Sound((70, Noise), (120, Speech), (50, Noise), (40, Speech), (200, Noise));

        VoiceLevel.Span(samples, 16_000).Should().Be((70 * 16, 280 * 16));
    }

    [Test]
    public void Finds_no_speech_in_noise() => VoiceLevel.Span(Sound((500, Noise)), 16_000).Should().BeNull();

    [Test]
    public void Finds_the_longest_silence_inside_and_not_the_one_around()
    {
        var samples = Sound((300, Nothing), (100, Speech), (60, Nothing), (100, Noise), (30, Nothing), (100, Speech), (400, Nothing));

        VoiceLevel.LongestPause(VoiceLevel.SoundDb, samples, 16_000).Should().Be(TimeSpan.FromMilliseconds(60));
        VoiceLevel.LongestPause(VoiceLevel.SpeechDb, samples, 16_000).Should().Be(TimeSpan.FromMilliseconds(190));
    }

    [Test]
    public void Cuts_a_clip_to_its_speech()
    {
        var cut = CallerClips.Cut(Sound((70, Noise), (120, Speech), (200, Noise)));

        cut.Length.Should().Be(120 * 16);
        cut.ToArray().Should().OnlyContain(sample => sample == Speech);
    }

    private static short[] Sound(params (int Milliseconds, short Level)[] parts) =>
        [.. parts.SelectMany(part => Enumerable.Repeat(part.Level, part.Milliseconds * 16))];
}

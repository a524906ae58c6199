using Aico.Host.Cli.Bench.Rooms;

namespace Aico.Host.Tests.Cli.Bench.Rooms;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class HeardAudioTests
{
    private const int Rate = 16_000;
    private readonly HeardAudio _heard = new(Rate);
    private double _now = 1000;

    [Test]
    public void Finds_when_voice_is_heard_first()
    {
        Hear(silence: 100, voice: 200);

        _heard.FirstVoiceSince(0).Should().BeApproximately(1100, 0.01);
        _heard.FirstVoiceSince(1150).Should().BeApproximately(1150, 0.01);
        _heard.FirstVoiceSince(1300).Should().BeNull();
    }

    [Test]
    public void Finds_when_a_voice_fell_silent_for_long_enough()
    {
        Hear(silence: 0, voice: 300);
        Hear(silence: 290, voice: 0);
        _heard.SilentSince(1000, 300).Should().BeNull();

        Hear(silence: 10, voice: 0);

        _heard.SilentSince(1000, 300).Should().BeApproximately(1300, 0.01);
    }

    [Test]
    public void Takes_a_short_silence_for_a_gap_and_a_long_one_for_the_end_of_a_reply()
    {
        Hear(silence: 50, voice: 1000);
        Hear(silence: 20, voice: 500);
        Hear(silence: 30, voice: 500);
        Hear(silence: HeardAudio.ReplyEndMs, voice: 100);

        var replies = _heard.Replies(0, double.MaxValue);

        replies.Should().HaveCount(2);
        replies[0].Should().BeEquivalentTo(new { VoicedMs = 2000, LongestGapMs = 30, Gaps = 1 });
        replies[0].Begin.Should().BeApproximately(1050, 0.01);
        replies[0].End.Should().BeApproximately(3100, 0.01);
        replies[1].Should().BeEquivalentTo(new { VoicedMs = 100, LongestGapMs = 0, Gaps = 0 });
    }

    [Test]
    public void Counts_only_what_lies_between_the_moments()
    {
        Hear(silence: 0, voice: 500);

        _heard.Replies(1100, 1200).Should().ContainSingle().Which.VoicedMs.Should().Be(100);
        _heard.Replies(1600, 2000).Should().BeEmpty();
    }

    private void Hear(int silence, int voice)
    {
        Add(silence, 0);
        Add(voice, 8000);
    }

    private void Add(int milliseconds, short level)
    {
        _now += milliseconds;
        _heard.Add(_now, Enumerable.Repeat(level, milliseconds * Rate / 1000).ToArray());
    }
}

using Aico.Abstractions.Audio;
using Aico.Host.Calls;
using Aico.Host.Cli.Talk;
using Aico.Host.Time;

namespace Aico.Host.Tests.Cli.Bench;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class LoopTransportTests
{
    private readonly VirtualTime _time = new();
    private readonly LoopTransport _transport;

    public LoopTransportTests()
    {
        _transport = new LoopTransport(new TalkClock(_time), new SpeechLoop([new short[320]], TimeSpan.Zero), 0);
        _transport.Measure(true);
    }

    [Test]
    public void Counts_what_the_host_adds_to_the_end_of_speech_and_the_delay()
    {
        Turn(1, end: 2000, delay: 300, played: 2307);
        Turn(2, end: 9000, delay: 500, played: 9498);

        _transport.Read().AddedLatencies.Should().Equal(7, -2);
    }

    [Test]
    public void Counts_no_turn_that_was_not_answered_and_none_outside_the_measurement()
    {
        Turn(1, end: 2000, delay: 300, played: null);
        _transport.Measure(false);
        Turn(2, end: 9000, delay: 500, played: 9510);

        _transport.Read().AddedLatencies.Should().BeEmpty();
    }

    [Test]
    public void Takes_frames_that_follow_each_other_for_timely()
    {
        Play(0);
        Play(20);
        _time.Advance(TimeSpan.FromMilliseconds(39));
        Play(40);

        _transport.Read().LateFrames.Should().Be(0);
    }

    [Test]
    public void Counts_a_frame_whose_time_has_passed()
    {
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Play(79);

        _transport.Read().LateFrames.Should().Be(1);
    }

    [Test]
    public void Counts_a_hole_inside_an_answer_but_not_between_answers()
    {
        Play(0);
        Play(60);
        _transport.Read().LateFrames.Should().Be(1);

        _transport.On(new PlaybackEnded(_time.GetElapsedTime(0), 1, false));
        Play(500);
        _transport.ClearPlayback();
        Play(900);

        _transport.Read().LateFrames.Should().Be(1);
    }

    private void Play(double offset) => _transport.Play(new AudioFrame(_transport.OutputFormat, new short[480], At(offset)));

    private void Turn(int number, double end, double delay, double? played)
    {
        _transport.On(new TurnDecided(At(end + delay), number, "", At(delay)));
        var timings = new CallTimings { EndOfSpeech = At(end), Played = played is { } at ? At(at) : null };
        _transport.On(new TurnCompleted(At(end + 3000), new TurnRecord { Number = number, Timings = timings }));
    }

    private static TimeSpan At(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

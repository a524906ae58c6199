using Aico.Host.Calls.TurnTaking;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.TurnTaking;

public class EndpointingDelayTests
{
    private static readonly EndpointingSettings Settings = new();

    [Test]
    public void Begins_with_the_initial_delay() => Learned().Should().Be(Settings.InitialDelay);

    [Test]
    public void Learns_a_longer_delay_from_a_caller_with_long_pauses()
    {
        var delay = new EndpointingDelay(Settings);

        for (var i = 0; i < 60; i++)
        {
            delay.Learn(Seconds(1), wasTakenTooEarly: false);
        }

        delay.For(TurnCompleteness.Unclear).Should().BeCloseTo(Seconds(1.3), Seconds(0.01));
    }

    [Test]
    public void Learns_a_shorter_delay_from_a_caller_with_short_pauses() => Learned(Enumerable.Repeat((0.1, false), 60)).Should().Be(Settings.MinimumDelay);

    [Test]
    public void Learns_more_from_a_turn_that_was_taken_too_early()
    {
        Learned([(1, true)]).Should().Be(Seconds(0.9));
        Learned([(1, false)]).Should().Be(Seconds(0.58));
    }

    [TestCase(0)]
    [TestCase(-0.5)]
    [TestCase(2.6)]
    public void Learns_nothing_from_what_is_no_pause_inside_a_turn(double pause) => Learned([(pause, true)]).Should().Be(Settings.InitialDelay);

    [Test]
    public void Never_leaves_its_bounds()
    {
        Learned(Enumerable.Repeat((2.5, true), 20)).Should().Be(Settings.MaximumDelay);
        Learned(Enumerable.Repeat((0.01, true), 20)).Should().Be(Settings.MinimumDelay);
    }

    [Test]
    public void Takes_the_bounds_for_words_that_are_plain()
    {
        var delay = new EndpointingDelay(Settings);

        delay.For(TurnCompleteness.Complete).Should().Be(Settings.MinimumDelay);
        delay.For(TurnCompleteness.Incomplete).Should().Be(Settings.MaximumDelay);
    }

    private static TimeSpan Learned(IEnumerable<(double Pause, bool TooEarly)>? pauses = null)
    {
        var delay = new EndpointingDelay(Settings);
        foreach (var (pause, tooEarly) in pauses ?? [])
        {
            delay.Learn(Seconds(pause), tooEarly);
        }

        return delay.For(TurnCompleteness.Unclear);
    }
}

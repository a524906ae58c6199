using Aico.Host.Cli.Bench.Rooms;

namespace Aico.Host.Tests.Cli.Bench.Rooms;

public class BenchFigureTests
{
    [TestCase(250, "met")]
    [TestCase(250.1, "MISSED")]
    public void Says_whether_a_target_is_met(double value, string said)
    {
        var text = BenchFigure.TextOf([new BenchFigure("join", "join", value, "ms", 250)]);

        text.Should().EndWith($"at most 250: {said}");
    }

    [Test]
    public void Claims_nothing_of_what_was_not_measured()
    {
        var figure = new BenchFigure("join", "join", null, "ms", 250);

        figure.IsMet.Should().BeNull();
        BenchFigure.TextOf([figure]).Should().Contain("not measured").And.EndWith("unknown");
        BenchFigure.JsonOf([figure])["join"]!.ToJsonString().Should().Contain("\"value\":null").And.Contain("\"met\":null");
    }

    [Test]
    public void Counts_the_callers_whom_nobody_greeted()
    {
        var figures = VoiceFigures.Of(new ConversationResult(), [320, null, 240], new ConversationResult(), "");

        figures.Single(figure => figure.Name == "greetingP50").Should().Match<BenchFigure>(figure => figure.Value == 240 && figure.Detail.Contains("2 of 3 greeted"));
    }

    [Test]
    public void Tells_how_much_of_a_cycle_stays_in_the_managed_heap()
    {
        var figures = CostFigures.Of(1, Cost(resident: 20_000, managed: 700), Cost(resident: 40_000, managed: 900), [], []);

        figures.Single(figure => figure.Name == "memoryPerCycle").Should().Match<BenchFigure>(
            figure => figure.Value == 40 && figure.AtMost == 20 && figure.Detail.EndsWith("in the managed heap 0.9 kB, floor 0.7 kB"));
    }

    private static SideCost Cost(double resident, double managed) => new()
    {
        Cores = 0.1,
        ManagedCores = null,
        CompilingCores = 0,
        BytesPerRoom = null,
        BytesPerCycle = resident,
        ManagedBytesPerCycle = managed,
        HandlesAtEnd = 0,
        Threads = 1,
        AllocatedPerSecond = 0,
        Heard = new ConversationResult(),
    };

    [Test]
    public void Has_the_slope_of_a_line_and_none_of_a_point()
    {
        LinearSlope.Of([5, 8, 11, 14]).Should().Be(3);
        LinearSlope.Of([10, 30, 10, 30, 10]).Should().Be(0);
        LinearSlope.Of([5]).Should().BeNull();
    }
}

using System.Xml.Linq;
using Aico.Host.Cli.Bench.Soak;
using Aico.Host.Time;

namespace Aico.Host.Tests.Cli.Bench.Soak;

/// <summary>Runs over calls that are fakes, on virtual time.</summary>
public class SoakTests
{
    private const long Start = 100_000_000;

    [TestCase(130_000, 0, "")]
    [TestCase(131_000, 0, "residentBytes")]
    [TestCase(0, 0.1, "handles")]
    [TestCase(0, 0.01, "")]
    public void Judges_what_stays_of_each_call(double bytes, double handles, string grows)
    {
        var result = Run(new FakeSide(bytes, handles));

        result.Trends.Where(trend => trend.Grows).Select(trend => trend.Name).Should().Equal(grows.Length == 0 ? [] : [grows]);
        result.Holds.Should().Be(grows.Length == 0);
        result.Held.Should().BeGreaterThan(200, "3 at once for 30 minutes, of 5 to 40 s");
        result.Samples.Should().HaveCountGreaterThan(150);
    }

    [Test]
    public void Leaves_the_first_third_out()
    {
        var result = Run(new FakeSide(0, 0) { FirstCalls = 50 });

        result.Holds.Should().BeTrue();
        result.Samples[^1].ResidentBytes.Should().BeGreaterThan(Start, "what was loaded at first is still there");
    }

    [Test]
    public void Goes_on_after_calls_that_could_not_be_held()
    {
        var result = Run(new FakeSide(0, 0) { FailsEvery = 2 });

        result.Failures.Should().HaveCountGreaterThan(20).And.OnlyContain(reason => reason == "No room.");
        result.ToText().Should().Contain("No room.");
    }

    [Test]
    public void Tells_and_draws_a_run()
    {
        var result = Run(new FakeSide(200_000, 0));

        result.ToText().Should().Contain("Grows beyond its limit: residentBytes.").And.Contain("fakes");
        result.ToJson()["trends"]![0]!["grows"]!.GetValue<bool>().Should().BeTrue();
        var plot = XDocument.Parse(SoakPlot.Draw(result));
        plot.Descendants().Where(element => element.Name.LocalName == "polyline").Should().HaveCount(8)
            .And.OnlyContain(line => line.Attribute("points")!.Value.Split(' ').Length == result.Samples.Count + 1);
        SoakSample.Read(result.End.ToJson()).Should().BeEquivalentTo(result.End, options => options.Excluding(sample => sample.Seconds));
    }

    private static SoakResult Run(FakeSide side)
    {
        var time = new VirtualTime();
        side.Time = time;
        return time.Run(() => new SoakBench(side, time, new Random(7), TextWriter.Null).RunAsync(3, TimeSpan.FromMinutes(30), CancellationToken.None));
    }

    private sealed class FakeSide(double bytesPerCall, double handlesPerCall) : ISoakSide
    {
        private int _begun;

        public TimeProvider Time { get; set; } = null!;

        public int FailsEvery { get; init; } = int.MaxValue;

        /// <summary>Calls that load what later ones only use.</summary>
        public int FirstCalls { get; init; }

        public string Name => "fakes";

        public double FloorBytesPerCall => 130_500;

        public async Task<SoakCallEnd> CallAsync(TimeSpan length, CancellationToken ct)
        {
            var number = ++_begun;
            await Task.Delay(length, Time, ct);
            return number % FailsEvery == 0 ? new SoakCallEnd(0, 0, "No room.") : new SoakCallEnd(2, 1);
        }

        public Task<SoakSample> SampleAsync(CancellationToken ct) => Task.FromResult(new SoakSample
        {
            Begun = _begun,
            ResidentBytes = Start + (long)(bytesPerCall * _begun) + 1_000_000 * Math.Min(FirstCalls, _begun),
            Handles = 100 + (int)(handlesPerCall * _begun),
            Sockets = 7,
            Threads = 20,
        });

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

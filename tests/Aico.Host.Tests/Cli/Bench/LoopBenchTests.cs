namespace Aico.Host.Tests.Cli.Bench;

public class LoopBenchTests
{
    [Test]
    public void Prints_exactly_the_members_of_the_contract()
    {
        var result = new LoopBenchResult
        {
            Calls = 100,
            Seconds = 60.04,
            Turns = 3,
            AddedLatency = new Percentiles(1.23, 2, 3, 4),
            CpuSecondsPerCallMinute = 0.12346,
            AllocatedBytesPerCallSecond = 1000.4,
            ResidentBytesPerCall = 2000.6,
            LateFrames = 1,
            DroppedFrames = 2,
        };

        result.ToJson().ToJsonString().Should().Be(
            """{"calls":100,"seconds":60,"turns":3,"addedLatencyMs":{"p50":1.2,"p95":2,"p99":3,"max":4},"cpuSecondsPerCallMinute":0.1235,"allocatedBytesPerCallSecond":1000,"residentBytesPerCall":2001,"lateFrames":1,"droppedFrames":2}""");
    }

    [Test]
    public void Prints_no_latency_where_no_turn_was_answered()
    {
        var result = new LoopBenchResult
        {
            Calls = 1,
            Seconds = 1,
            Turns = 0,
            AddedLatency = null,
            CpuSecondsPerCallMinute = 0,
            AllocatedBytesPerCallSecond = 0,
            ResidentBytesPerCall = 0,
            LateFrames = 0,
            DroppedFrames = 0,
        };

        result.ToJson().ContainsKey("addedLatencyMs").Should().BeTrue();
        result.ToJson()["addedLatencyMs"].Should().BeNull();
    }
}

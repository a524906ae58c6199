namespace Aico.Host.Tests.Cli.Bench;

public class CancelTimesTests
{
    [Test]
    public void Says_the_quickest_before_the_distribution() =>
        CancelTimes.Of([3, 0.12, 9])!.ToJson().ToJsonString().Should().Be("""{"min":0.1,"p50":3,"p95":9,"p99":9,"max":9}""");

    [Test]
    public void Has_no_numbers_where_nothing_was_cut_off() => CancelTimes.Of([]).Should().BeNull();
}

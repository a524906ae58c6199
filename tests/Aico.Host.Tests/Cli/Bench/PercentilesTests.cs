namespace Aico.Host.Tests.Cli.Bench;

public class PercentilesTests
{
    [Test]
    public void Takes_the_nearest_rank_of_unsorted_values() =>
        Percentiles.Of(Enumerable.Range(1, 200).Reverse().Select(i => (double)i)).Should().Be(new Percentiles(100, 190, 198, 200));

    [Test]
    public void Is_the_one_value_where_there_is_only_one() => Percentiles.Of([7]).Should().Be(new Percentiles(7, 7, 7, 7));

    [Test]
    public void Has_no_numbers_for_nothing() => Percentiles.Of([]).Should().BeNull();
}

using Aico.Host.Telemetry.Metrics;

namespace Aico.Host.Tests.Telemetry;

internal sealed class OrganizationLabelTests
{
    [Test]
    public void Names_the_first_organizations_and_calls_the_rest_other()
    {
        var label = new OrganizationLabel(2);

        new[] { "a", "b", "c", "a", "d", "b" }.Select(label.Of).Should().Equal("a", "b", "other", "a", "other", "b");
    }

    [Test]
    public void Names_nobody_where_nobody_may_be_named() => new OrganizationLabel(0).Of("a").Should().Be("other");

    [Test]
    public void Keeps_no_place_for_a_call_that_is_nobody_s_yet()
    {
        var label = new OrganizationLabel(1);

        label.Of("").Should().Be("unknown");
        label.Of("a").Should().Be("a");
    }

    [Test]
    public void Names_no_more_than_it_may_however_many_ask_at_once()
    {
        var label = new OrganizationLabel(10);

        var named = ParallelEnumerable.Range(0, 1000).Select(i => label.Of($"o{i % 100}")).ToList();

        named.Distinct().Should().HaveCount(11).And.Contain("other");
    }
}

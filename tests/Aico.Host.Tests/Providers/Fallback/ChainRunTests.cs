using Aico.Abstractions;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Aico.Testing.Calls;
using FluentAssertions;
using NUnit.Framework;

namespace Aico.Host.Tests.Providers.Fallback;

[TestFixture]
internal sealed class ChainRunTests
{
    private static readonly ProviderException Down = new(ProviderFailure.Unavailable, "refused");
    private static readonly ProviderException Refused = new(ProviderFailure.InvalidRequest, "no such model");
    private Chains _chains = null!;

    [SetUp]
    public void SetUp() => _chains = new Chains(new VirtualTime());

    [Test]
    public void Goes_through_the_chain_in_its_order()
    {
        Keys(Use("a", "b", "c").Begin(), Down).Should().Equal("a", "b", "c");
    }

    [Test]
    public void Skips_what_others_know_to_be_out()
    {
        Keys(Use("a", "b").Begin(), Down);
        var use = Use("c", "d");
        var run = use.Begin();
        run.Failed(run.Next()!, Down);
        run.Succeeded(run.Next()!);

        Use("c", "d").Begin().Next()!.Key.Should().Be("d");
    }

    [Test]
    public void Asks_what_is_out_when_nobody_else_is_left()
    {
        var first = Use("a", "b").Begin();
        first.Failed(first.Next()!, Down);

        Keys(Use("a", "b").Begin(), Down).Should().Equal("b", "a");
    }

    [Test]
    public void Asks_the_only_one_once_more_where_that_may_help()
    {
        Keys(Use("a").Begin(), Down).Should().Equal("a", "a");
        Keys(Use("b").Begin(), Refused).Should().Equal("b");
        Keys(Use("c").Begin(), new ProviderException(ProviderFailure.QuotaExceeded, "no credit") { IsExhausted = true }).Should().Equal("c");
    }

    [Test]
    public void Waits_a_moment_where_the_only_one_asks_for_it_but_not_for_long()
    {
        var run = Use("a").Begin();
        run.Failed(run.Next()!, new ProviderException(ProviderFailure.QuotaExceeded, "slow down") { RetryAfter = TimeSpan.FromSeconds(1) });
        run.Next()!.Key.Should().Be("a");
        run.Pause.Should().Be(TimeSpan.FromSeconds(1));

        run = Use("b").Begin();
        run.Failed(run.Next()!, new ProviderException(ProviderFailure.QuotaExceeded, "slow down") { RetryAfter = TimeSpan.FromSeconds(20) });
        run.Next().Should().BeNull();
    }

    [Test]
    public void Asks_one_that_has_refused_this_call_not_again_in_it_but_in_others()
    {
        var use = Use("a", "b");
        Keys(use.Begin(), Refused).Should().Equal("a", "b");
        use = Use("a", "b");
        var run = use.Begin();
        run.Failed(run.Next()!, Refused);
        run.Succeeded(run.Next()!);

        use.Begin().Next()!.Key.Should().Be("b");
        Use("a", "b").Begin().Next()!.Key.Should().Be("a");
    }

    [Test]
    public void Holds_the_refusal_of_a_former_chain_s_provider_against_nobody()
    {
        var use = Use("a", "b");
        var run = use.Begin();
        var former = run.Next()!;
        use.Replace(_chains.Of([("c", "c"), ("d", "d")]));

        run.Failed(former, Refused);

        use.Begin().Next()!.Key.Should().Be("c");
    }

    [Test]
    public void Says_whether_anybody_else_could_be_asked()
    {
        var run = Use("a", "b").Begin();
        run.Next();
        run.HasAnother.Should().BeTrue();
        run.Next();
        run.HasAnother.Should().BeFalse();
    }

    [Test]
    public void Counts_one_that_is_out_as_nobody_who_could_be_asked()
    {
        var first = Use("a", "b").Begin();
        first.Next();
        first.Failed(first.Next()!, Down);
        var run = Use("a", "b").Begin();
        run.Next();

        run.HasAnother.Should().BeFalse("an attempt must not be given up early for one that does not answer either");
    }

    [Test]
    public void Says_when_an_earlier_one_is_there_again()
    {
        var use = Use("a", "b");
        var run = use.Begin();
        run.Failed(run.Next()!, Down);
        var second = run.Next()!;
        use.HasBetter(second).Should().BeFalse();

        _chains.Health.Succeeded(Chains.Subject("a"));

        use.HasBetter(second).Should().BeTrue();
        use.HasBetter(use.Chain.Primary).Should().BeFalse();
    }

    private ChainUse<string> Use(params string[] keys) => new(_chains.Of([.. keys.Select(key => (key, key))]));

    private static List<string> Keys(ChainRun<string> run, ProviderException fault)
    {
        var keys = new List<string>();
        while (run.Next() is { } entry)
        {
            keys.Add(entry.Key);
            run.Failed(entry, fault);
        }

        run.Fault.Should().BeSameAs(fault);
        return keys;
    }
}

using Aico.Abstractions;
using Aico.Host.Providers.Fallback;
using Aico.Host.Time;
using Aico.Testing.Calls;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Aico.Host.Tests.Providers.Fallback;

[TestFixture]
internal sealed class ProviderHealthTests
{
    private static readonly ProviderException Down = new(ProviderFailure.Unavailable, "refused");
    private VirtualTime _time = null!;
    private ProviderHealth _health = null!;
    private ScriptedProbe _probe = null!;
    private HealthSubject _subject = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new VirtualTime();
        _health = new ProviderHealth(_time, NullLogger<ProviderHealth>.Instance);
        _probe = new ScriptedProbe();
        _subject = Chains.Subject("one", _probe, "https://one", "key", "model");
    }

    [TearDown]
    public async Task TearDown() => await _health.DisposeAsync();

    [Test]
    public void Uses_what_has_not_failed() => Use(_subject).Should().BeTrue();

    [Test]
    public void Leaves_alone_what_has_failed()
    {
        _health.Failed(_subject, Down);

        Use(_subject).Should().BeFalse();
        _health.IsThere(_subject).Should().BeFalse();
        _probe.Asked.Should().Be(0, "the cool-down has just begun");
    }

    [Test]
    public void Probes_once_after_the_cool_down_while_everybody_goes_on_without()
    {
        _health.Failed(_subject, Down);
        After(1.01);

        Enumerable.Range(0, 100).Select(_ => Use(_subject)).Should().AllBeEquivalentTo(false);

        _probe.Asked.Should().Be(1);
    }

    [Test]
    public void Uses_it_again_when_the_probe_was_answered()
    {
        _health.Failed(_subject, Down);
        After(1.01);
        Use(_subject);

        Answer(_probe.Succeeds);

        Use(_subject).Should().BeTrue();
    }

    [Test]
    public void Doubles_the_cool_down_with_each_probe_that_fails_and_has_a_longest()
    {
        _health.Failed(_subject, Down);
        foreach (var seconds in new double[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            After(seconds - 0.1);
            Use(_subject);
            var asked = _probe.Asked;
            After(0.2);
            Use(_subject);
            _probe.Asked.Should().Be(asked + 1, $"{seconds} seconds are over");
            Answer(() => _probe.Fails(Down));
        }
    }

    [Test]
    public void Takes_a_probe_that_was_answered_for_no_proof()
    {
        _health.Failed(_subject, Down);
        After(1.01);
        Use(_subject);
        Answer(_probe.Succeeds);

        _health.Failed(_subject, Down);
        After(1.5);

        Use(_subject).Should().BeFalse();
        _probe.Asked.Should().Be(1, "the second cool-down is two seconds");
    }

    [Test]
    public void Forgets_an_outage_with_the_first_success()
    {
        _health.Failed(_subject, Down);

        _health.Succeeded(_subject);

        Use(_subject).Should().BeTrue();
        _health.Outages.Should().BeEmpty();
    }

    [Test]
    public void Lets_one_call_try_where_there_is_no_probe()
    {
        var subject = Chains.Subject("local");
        _health.Failed(subject, Down);
        After(1.01);

        Use(subject).Should().BeTrue();
        Use(subject).Should().BeFalse("one is trying");
        _health.Failed(subject, Down);
        After(1.5);

        Use(subject).Should().BeFalse("the second cool-down is two seconds");
        After(1);
        Use(subject).Should().BeTrue();
    }

    [Test]
    public void Does_not_wait_for_ever_for_one_that_tries()
    {
        var subject = Chains.Subject("local");
        _health.Failed(subject, Down);
        After(1.01);
        Use(subject);

        After(31);

        Use(subject).Should().BeTrue();
    }

    [TestCase(ProviderFailure.Unavailable, false, false, false)]
    [TestCase(ProviderFailure.Unauthorized, true, false, true)]
    [TestCase(ProviderFailure.QuotaExceeded, true, false, true)]
    [TestCase(ProviderFailure.TimedOut, true, true, true)]
    [TestCase(ProviderFailure.ProtocolError, true, true, true)]
    public void Lets_those_share_an_outage_who_share_what_is_out(ProviderFailure failure, bool otherKey, bool otherModel, bool otherBoth)
    {
        _health.Failed(_subject, new ProviderException(failure, "out"));

        Use(_subject).Should().BeFalse();
        Use(_subject with { Credential = "other" }).Should().Be(otherKey);
        Use(_subject with { Model = "other" }).Should().Be(otherModel);
        Use(_subject with { Credential = "other", Model = "other" }).Should().Be(otherBoth);
        Use(_subject with { Endpoint = "https://two" }).Should().BeTrue();
        Use(_subject with { Provider = "two" }).Should().BeTrue();
    }

    [Test]
    public void Takes_a_refused_request_for_no_outage()
    {
        _health.Failed(_subject, new ProviderException(ProviderFailure.InvalidRequest, "no such voice"));

        Use(_subject).Should().BeTrue();
    }

    [Test]
    public void Waits_as_long_as_the_provider_asked()
    {
        _health.Failed(_subject, new ProviderException(ProviderFailure.QuotaExceeded, "slow down") { RetryAfter = TimeSpan.FromSeconds(7) });

        After(6.9);
        Use(_subject);
        _probe.Asked.Should().Be(0);
        After(0.2);
        Use(_subject);

        _probe.Asked.Should().Be(1);
    }

    [Test]
    public void Leaves_a_wrong_key_alone_for_longer()
    {
        _health.Failed(_subject, new ProviderException(ProviderFailure.Unauthorized, "wrong key"));

        After(29);
        Use(_subject);

        _probe.Asked.Should().Be(0);
    }

    [Test]
    public void Tells_of_probes_and_outages()
    {
        ProbeResult? told = null;
        _health.Probed = result => told = result;
        _health.Failed(_subject, Down);
        After(1.01);
        Use(_subject);

        Answer(() => _probe.Fails(Down));

        told!.Fault.Should().BeSameAs(Down);
        _health.Outages.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Provider = "one", Endpoint = "https://one", Model = (string?)null, Failure = ProviderFailure.Unavailable, Message = "refused", Phase = OutagePhase.Cooling });
    }

    private bool Use(HealthSubject subject) => _health.TryUse(subject);

    // Without a synchronization context the probe goes on within the answer.
    private static void Answer(Action answer) => answer();

    private void After(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}

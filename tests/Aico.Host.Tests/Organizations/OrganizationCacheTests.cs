using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using static Aico.Host.Tests.Organizations.ScriptedOrganizations;

namespace Aico.Host.Tests.Organizations;

public class OrganizationCacheTests
{
    private SampleProviders _providers = null!;
    private ScriptedOrganizations _source = null!;
    private ManualClock _clock = null!;
    private OrganizationCache _cache = null!;

    [SetUp]
    public void SetUp()
    {
        (_providers, _source, _clock) = (new SampleProviders(), new ScriptedOrganizations(), new ManualClock());
        _cache = Cache(usesEnvironment: false, maximumEntries: 10);
        _source.Set(Complete("acme", 1, "alpha"));
    }

    [TearDown]
    public void TearDown() => _cache.Dispose();

    [Test]
    public async Task However_many_ask_at_once_the_source_is_asked_once()
    {
        _source.Gate = new TaskCompletionSource();
        var asking = Enumerable.Range(0, 100).Select(_ => FindAsync()).ToList();

        _source.Gate.SetResult();
        var found = await Task.WhenAll(asking);

        _source.Asked.Should().Be(1);
        found.Should().OnlyContain(organization => ReferenceEquals(organization, found[0]));
    }

    [Test]
    public async Task Who_stops_waiting_stops_nobody_else()
    {
        _source.Gate = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var impatient = _cache.FindAsync("acme", "default", cancellation.Token).AsTask();
        var patient = FindAsync();

        cancellation.Cancel();
        await impatient.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        _source.Gate.SetResult();

        (await patient)!.Id.Should().Be("acme");
    }

    [Test]
    public async Task What_is_kept_costs_no_allocation()
    {
        await FindAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await _cache.FindAsync("acme", "default", CancellationToken.None);
        }

        var isComplete = true;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            // What is kept is there at once; awaiting it could count what the runtime allocates for the test itself.
            var found = _cache.FindAsync("acme", "default", CancellationToken.None);
            isComplete &= found.IsCompletedSuccessfully;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        isComplete.Should().BeTrue();
        _source.Asked.Should().Be(1);
    }

    [Test]
    public async Task A_change_is_seen_by_the_next_who_asks()
    {
        await FindAsync();
        _source.Set(Complete("acme", 2, "beta"));

        (await FindAsync())!.Require(ProviderKind.LanguageModel).Key.Should().Be("beta-llm");
    }

    [Test]
    public async Task A_change_during_a_fetch_is_seen_by_those_who_ask_after_it()
    {
        var gate = _source.Gate = new TaskCompletionSource();
        var early = FindAsync();
        _source.Set(Complete("acme", 2, "beta"));
        _source.Gate = null;

        var late = await FindAsync();
        gate.SetResult();
        await early;

        late!.Version.Should().Be("api:2");
        (await FindAsync())!.Version.Should().Be("api:2", "the earlier fetch ended last");
    }

    [Test]
    public async Task A_change_that_nobody_told_of_is_seen_when_the_age_is_reached()
    {
        await FindAsync();
        _source.Set(Complete("acme", 2, "beta"), tells: false);

        _clock.Now += TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1);
        (await FindAsync())!.Version.Should().Be("api:1");
        _clock.Now += TimeSpan.FromTicks(1);
        (await FindAsync())!.Version.Should().Be("api:2");
    }

    [Test]
    public async Task The_same_version_stays_the_same_object_so_that_providers_serve_on()
    {
        var first = await FindAsync();
        _clock.Now += TimeSpan.FromMinutes(6);

        (await FindAsync()).Should().BeSameAs(first);
        _source.Asked.Should().Be(2);
    }

    [Test]
    public async Task A_source_that_fails_leaves_the_last_known_configuration_in_use_and_its_age_visible()
    {
        var known = await FindAsync();
        _cache.StaleFor("acme").Should().BeNull();
        _source.Failure = "no connection";
        _clock.Now += TimeSpan.FromMinutes(6);

        (await FindAsync()).Should().BeSameAs(known);
        _clock.Now += TimeSpan.FromSeconds(3);
        (await FindAsync()).Should().BeSameAs(known);
        _cache.StaleFor("acme").Should().Be(TimeSpan.FromSeconds(3));
        _source.Asked.Should().Be(2, "a source that has failed is left alone for a while");

        _clock.Now += TimeSpan.FromSeconds(3);
        _source.Failure = null;
        await FindAsync();
        _cache.StaleFor("acme").Should().BeNull();
    }

    [Test]
    public async Task A_source_that_fails_is_an_error_where_nothing_is_known()
    {
        _source.Failure = "no connection";

        await FluentActions.Awaiting(FindAsync).Should().ThrowAsync<OrganizationSourceException>();
    }

    [Test]
    public async Task The_default_organization_is_served_by_the_environment_where_the_source_has_none()
    {
        using var cache = Cache(usesEnvironment: true);

        (await cache.FindAsync("main", "default", CancellationToken.None))!.Mode.Should().Be(ConfigurationMode.Environment);
        (await cache.FindAsync("other", "default", CancellationToken.None)).Should().BeNull();
        (await _cache.FindAsync("main", "default", CancellationToken.None)).Should().BeNull("this host does not use its environment");
    }

    [Test]
    public async Task An_organization_that_is_gone_is_gone()
    {
        await FindAsync();
        _source.Remove("acme");

        (await FindAsync()).Should().BeNull();
    }

    [Test]
    public async Task An_agent_that_the_organization_does_not_have_is_not_found() =>
        (await _cache.FindAsync("acme", "sales", CancellationToken.None)).Should().BeNull();

    [Test]
    public async Task Replaced_plugins_are_seen_by_the_next_who_asks()
    {
        var before = (await FindAsync())!.Require(ProviderKind.LanguageModel).Definition;
        _providers.Publish();

        (await FindAsync())!.Require(ProviderKind.LanguageModel).Definition.Should().NotBeSameAs(before);
    }

    [Test]
    public async Task Keeps_no_more_organizations_than_it_may()
    {
        foreach (var i in Enumerable.Range(0, 30))
        {
            _source.Set(Complete($"org-{i}", 1, "alpha"));
            _clock.Now += TimeSpan.FromMilliseconds(1);
            await _cache.FindAsync($"org-{i}", "default", CancellationToken.None);
        }

        var asked = _source.Asked;
        await _cache.FindAsync("org-29", "default", CancellationToken.None);
        _source.Asked.Should().Be(asked);
        await _cache.FindAsync("org-0", "default", CancellationToken.None);
        _source.Asked.Should().Be(asked + 1);
    }

    private OrganizationCache Cache(bool usesEnvironment, int maximumEntries = 1_000) => new(
        _source,
        new OrganizationResolver(EnvironmentProviders.None, usesEnvironment),
        _providers.Catalog,
        new OrganizationCacheOptions { DefaultOrganizationId = "main", MaximumEntries = maximumEntries },
        _clock,
        NullLogger.Instance);

    [Test]
    public async Task What_stands_behind_an_organization_can_change_without_its_version()
    {
        var before = await FindAsync();

        _cache.Renew();
        var after = await FindAsync();

        after.Should().NotBeSameAs(before);
        after!.Version.Should().Be(before!.Version);
        (await FindAsync()).Should().BeSameAs(after, "once is enough");
    }

    private Task<ResolvedOrganization?> FindAsync() => _cache.FindAsync("acme", "default", CancellationToken.None).AsTask();
}

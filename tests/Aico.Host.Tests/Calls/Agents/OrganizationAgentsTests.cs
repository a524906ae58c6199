using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Host.Calls;
using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Aico.Host.Tests.Organizations;
using Aico.Host.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using static Aico.Host.Tests.Organizations.ScriptedOrganizations;

namespace Aico.Host.Tests.Calls.Agents;

public class OrganizationAgentsTests
{
    private SampleProviders _providers = null!;
    private ScriptedOrganizations _source = null!;
    private OrganizationCache _cache = null!;
    private HttpClientHandler _http = null!;
    private OrganizationAgents _agents = null!;

    [SetUp]
    public void SetUp()
    {
        (_providers, _source, _http) = (new SampleProviders(), new ScriptedOrganizations(), new HttpClientHandler());
        var resolver = new OrganizationResolver(EnvironmentProviders.None, usesEnvironment: false);
        _cache = new OrganizationCache(_source, resolver, _providers.Catalog, new OrganizationCacheOptions { DefaultOrganizationId = "acme" }, new ManualClock(), NullLogger.Instance);
        _agents = new OrganizationAgents(
            _cache,
            new HostAgent(new AgentSettings { Greeting = "Welcome." }, new RoomCallSettings { MaximumCalls = 7 }),
            new AgentMaking(
                new ProviderFactory(_http, _http, NullLoggerFactory.Instance, TimeProvider.System, AppContext.BaseDirectory),
                _providers.Catalog,
                new ProviderHealth(TimeProvider.System, NullLogger<ProviderHealth>.Instance),
                TimeProvider.System,
                NullLogger.Instance));
        _source.Set(Complete("acme", 1, "alpha"));
        _source.Set(Complete("other", 1, "beta"));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _agents.DisposeAsync();
        _cache.Dispose();
        _http.Dispose();
    }

    [Test]
    public async Task Calls_of_one_version_share_their_providers()
    {
        await using var one = await LeaseAsync("acme");
        await using var two = await LeaseAsync("acme");

        two.Providers.LanguageModel.Primary.Provider.Should().BeSameAs(one.Providers.LanguageModel.Primary.Provider);
        (one.ConfigurationVersion, one.AgentName).Should().Be(("api:1", "default"));
        _providers.Made.Should().HaveCount(3);
    }

    [Test]
    public async Task Two_organizations_use_different_providers_at_the_same_time()
    {
        await using var one = await LeaseAsync("acme");
        await using var two = await LeaseAsync("other");

        (one.Providers.SpeechToTextKey, one.Providers.LanguageModelKey, one.Providers.TextToSpeechKey).Should().Be(("alpha-stt", "alpha-llm", "alpha-tts"));
        (two.Providers.SpeechToTextKey, two.Providers.LanguageModelKey, two.Providers.TextToSpeechKey).Should().Be(("beta-stt", "beta-llm", "beta-tts"));
    }

    [Test]
    public async Task A_change_is_for_the_next_call_and_the_old_providers_go_with_the_last_call_that_uses_them()
    {
        var running = await LeaseAsync("acme");
        var old = _providers.Made.ToList();
        _source.Set(Complete("acme", 2, "beta"));

        await using var next = await LeaseAsync("acme");

        next.Providers.LanguageModelKey.Should().Be("beta-llm");
        running.Providers.LanguageModelKey.Should().Be("alpha-llm");
        old.Should().OnlyContain(provider => !provider.IsDisposed);
        await running.DisposeAsync();
        old.Should().OnlyContain(provider => provider.IsDisposed);
    }

    [Test]
    public async Task A_call_that_takes_changes_gets_the_present_providers_and_gives_all_back_at_its_end()
    {
        var agents = new Dictionary<string, JsonObject> { ["default"] = (JsonObject)JsonNode.Parse("""{"providerChanges":"nextTurn"}""")! };
        _source.Set(Complete("acme", 2, "alpha") with { Agents = agents });
        var running = await LeaseAsync("acme");
        (await running.Providers.Renew!(CancellationToken.None)).Should().BeNull("nothing has changed");
        _source.Set(Complete("acme", 3, "beta") with { Agents = agents });

        var changed = await running.Providers.Renew!(CancellationToken.None);

        changed!.LanguageModelKey.Should().Be("beta-llm");
        (await running.Providers.Renew!(CancellationToken.None)).Should().BeNull("it has them");
        _source.Remove("acme");
        (await running.Providers.Renew!(CancellationToken.None)).Should().BeNull("a call goes on as it is where its organization is gone");
        _providers.Made.Should().HaveCount(6).And.OnlyContain(provider => !provider.IsDisposed);
        await running.DisposeAsync();
        _providers.Made.Take(3).Should().OnlyContain(provider => provider.IsDisposed);
    }

    [Test]
    public async Task A_call_keeps_what_it_began_with_where_nothing_else_is_wished()
    {
        await using var lease = await LeaseAsync("acme");

        lease.Providers.Renew.Should().BeNull();
    }

    [Test]
    public async Task A_budget_that_is_spent_lets_the_cheapest_of_each_chain_come_first_in_the_next_call()
    {
        var (alpha, beta) = (Complete("acme", 2, "alpha"), Complete("acme", 2, "beta"));
        var document = alpha with
        {
            Providers = [.. alpha.Providers, .. beta.Providers.Select(provider => provider with { Priority = 50 })],
            Secrets = [.. alpha.Secrets, .. beta.Secrets],
            Agents = new Dictionary<string, JsonObject> { ["default"] = (JsonObject)JsonNode.Parse("""{"voice":"anna","budget":{"monthlyUsd":10,"cheaperAt":1}}""")! },
        };
        _source.Set(document);
        var spending = new ScriptedSpending { Costs = { ["alpha-stt"] = 2, ["beta-stt"] = 1, ["alpha-llm"] = 0, ["beta-llm"] = 0, ["beta-tts"] = 5 } };
        _agents.Spending = spending;
        await using var before = await LeaseAsync("acme");
        spending.State = new BudgetState(BudgetAction.Cheaper, 10, 10);

        await using var lease = await LeaseAsync("acme");
        await using var next = await LeaseAsync("acme");

        (before.Providers.SpeechToTextKey, before.Agent.Voice).Should().Be(("alpha-stt", "anna"));
        spending.Asked.Should().Be(("acme", 10, 1));
        lease.Providers.SpeechToText!.Entries.Select(entry => entry.Key).Should().Equal("beta-stt", "alpha-stt");
        lease.Providers.LanguageModel.Entries.Select(entry => entry.Key).Should().Equal(["alpha-llm", "beta-llm"], "equals keep their order");
        lease.Providers.TextToSpeech!.Entries.Select(entry => entry.Key).Should().Equal(["beta-tts", "alpha-tts"], "what has no known price comes last");
        lease.Agent.Voice.Should().BeNull("the voice is one of the provider that came first");
        lease.ConfigurationVersion.Should().Be("api:2 cheaper");
        next.Providers.LanguageModel.Primary.Provider.Should().BeSameAs(lease.Providers.LanguageModel.Primary.Provider, "calls share providers");
    }

    [Test]
    public async Task A_budget_that_blocks_lends_no_agent()
    {
        _agents.Spending = new ScriptedSpending { State = new BudgetState(BudgetAction.Block, 10, 10) };

        (await FluentActions.Awaiting(() => LeaseAsync("acme")).Should().ThrowAsync<ProviderException>())
            .Which.Should().Match<ProviderException>(fault => fault.Failure == ProviderFailure.QuotaExceeded && fault.Message.Contains("10.00 of this month's 10.00"));
        (await _agents.BudgetAsync("acme", CancellationToken.None))!.Action.Should().Be(BudgetAction.Block);
        (await _agents.BudgetAsync("nobody", CancellationToken.None)).Should().BeNull();
    }

    [Test]
    public async Task A_provider_that_cannot_be_made_gives_way_to_the_next_of_its_chain()
    {
        var document = Complete("acme", 2, "alpha");
        _source.Set(document with { Providers = [.. document.Providers, Provider("broken-llm", priority: 200)], Secrets = [.. document.Secrets, Key("broken-llm")] });

        await using var lease = await LeaseAsync("acme");

        lease.Providers.LanguageModelKey.Should().Be("alpha-llm");
    }

    [Test]
    public async Task Where_no_provider_of_a_kind_can_be_made_the_call_fails_and_nothing_stays_open()
    {
        var document = Complete("acme", 2, "alpha");
        _source.Set(document with { Providers = [.. document.Providers.Where(provider => provider.Key != "alpha-llm")] });

        (await FluentActions.Awaiting(() => LeaseAsync("acme")).Should().ThrowAsync<ProviderException>())
            .WithMessage("The organization \"acme\" has no llm provider*");
        _providers.Made.Should().HaveCount(2).And.OnlyContain(provider => provider.IsDisposed);
    }

    [Test]
    public async Task The_profile_decides_how_the_agent_behaves_and_the_hosts_own_settings_what_it_leaves_open()
    {
        var profile = """{"instructions":"Be brief.","interruption":{"minimumWords":2},"silence":{"awayAfter":"0ms"},"room":{"deletesRoom":true}}""";
        _source.Set(Complete("acme", 2, "alpha") with { Agents = new Dictionary<string, JsonObject> { ["default"] = (JsonObject)JsonNode.Parse(profile)! } });

        await using var lease = await LeaseAsync("acme");
        await using var strange = await LeaseAsync("other");

        lease.Agent.Should().BeEquivalentTo(new { Instructions = "Be brief.", Greeting = "Welcome.", Interruption = new { MinimumWords = 2, Enabled = true } });
        lease.Agent.Silence.AwayAfter.Should().Be(TimeSpan.Zero);
        (lease.Room.DeletesRoom, lease.Room.HearsAudio).Should().Be((true, true));
        strange.Agent.Greeting.Should().BeNull("the host's own agent is the default organization's");
        (await _agents.MaximumCallsAsync("other", CancellationToken.None)).Should().Be(7);
    }

    [Test]
    public async Task Agents_of_one_organization_have_their_own_settings()
    {
        var agents = new Dictionary<string, JsonObject>
        {
            ["sales"] = (JsonObject)JsonNode.Parse("""{"greeting":"Sales.","providers":{"alpha-llm":{"model":"small"}}}""")!,
        };
        _source.Set(Complete("acme", 2, "alpha") with { Agents = agents });

        await using var sales = await _agents.LeaseAsync("acme", "sales", CancellationToken.None);
        await using var usual = await LeaseAsync("acme");

        (sales.Agent.Greeting, usual.Agent.Greeting).Should().Be(("Sales.", "Welcome."));
        ((SampleProvider)sales.Providers.LanguageModel.Primary.Provider).Settings.Model.Should().Be("small");
        ((SampleProvider)usual.Providers.LanguageModel.Primary.Provider).Settings.Model.Should().Be("standard");
        await FluentActions.Awaiting(() => _agents.LeaseAsync("acme", "support", CancellationToken.None).AsTask())
            .Should().ThrowAsync<UnknownOrganizationException>().WithMessage("*\"acme\"*\"support\"*");
    }

    [Test]
    public async Task An_organization_that_is_not_there_has_no_agent()
    {
        (await _agents.KnowsAsync("acme", CancellationToken.None)).Should().BeTrue();
        (await _agents.KnowsAsync("nobody", CancellationToken.None)).Should().BeFalse();
        await FluentActions.Awaiting(() => LeaseAsync("nobody")).Should().ThrowAsync<UnknownOrganizationException>();
    }

    [Test]
    public async Task Providers_of_agents_that_nobody_calls_are_given_up_when_there_are_many()
    {
        foreach (var i in Enumerable.Range(0, 70))
        {
            _source.Set(Complete($"org-{i}", 1, "alpha"));
            await (await LeaseAsync($"org-{i}")).DisposeAsync();
        }

        _providers.Made.Count(provider => !provider.IsDisposed).Should().Be(64 * 3);
        _providers.Made.Take(3).Should().OnlyContain(provider => provider.IsDisposed);
        await using var again = await LeaseAsync("org-0");
        again.Providers.LanguageModelKey.Should().Be("alpha-llm");
    }

    private Task<AgentLease> LeaseAsync(string organization) => _agents.LeaseAsync(organization, null, CancellationToken.None).AsTask();
}

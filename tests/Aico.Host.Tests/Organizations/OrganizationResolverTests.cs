using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using static Aico.Host.Tests.Organizations.ScriptedOrganizations;

namespace Aico.Host.Tests.Organizations;

public class OrganizationResolverTests
{
    private readonly SampleProviders _providers = new();

    [Test]
    public void The_chain_is_ordered_by_priority_then_by_key()
    {
        var document = Document(
            "acme", 1, [Provider("open-llm"), Provider("alpha-llm"), Provider("beta-llm", priority: 101)], Key("alpha-llm"), Key("beta-llm"));

        Keys(Resolve(document), ProviderKind.LanguageModel).Should().Equal("beta-llm", "alpha-llm", "open-llm");
    }

    [Test]
    public void What_is_not_enabled_is_in_no_chain()
    {
        var resolved = Resolve(Document("acme", 1, [Provider("open-llm", isEnabled: false)]));

        Keys(resolved, ProviderKind.LanguageModel).Should().BeEmpty();
        resolved.Problems.Should().BeEmpty();
    }

    [Test]
    public void A_provider_without_its_secret_is_left_out_and_the_secret_named()
    {
        var resolved = Resolve(Document("acme", 1, [Provider("alpha-llm", priority: 200), Provider("open-llm")]));

        Keys(resolved, ProviderKind.LanguageModel).Should().Equal("open-llm");
        resolved.Problems.Should().ContainSingle().Which.Should().BeEquivalentTo(new { ProviderKey = "alpha-llm", MissingSecret = "apiKey", Pointer = "/apiKey" });
    }

    [Test]
    public void All_that_is_wrong_is_named_at_once()
    {
        var document = Document("acme", 1, [Provider("alpha-llm", config: """{"speed":3,"modle":"x"}"""), Provider("gamma-llm")]);

        Resolve(document).Problems.Select(problem => (problem.ProviderKey, problem.Pointer))
            .Should().BeEquivalentTo([("alpha-llm", "/speed"), ("alpha-llm", "/modle"), ("alpha-llm", "/apiKey"), ("gamma-llm", (string?)null)]);
    }

    [Test]
    public void A_secret_that_cannot_be_read_takes_only_its_provider_away()
    {
        var unreadable = new ConfiguredSecret("alpha-llm", "apiKey", null, null, default, "It was encrypted with the key k7, which is not here.");
        var resolved = Resolve(Document("acme", 1, [Provider("alpha-llm"), Provider("open-llm")], unreadable));

        Keys(resolved, ProviderKind.LanguageModel).Should().Equal("open-llm");
        resolved.Problems[0].Message.Should().Contain("k7");
    }

    [Test]
    public void The_agents_settings_lie_over_the_organizations_and_their_places_are_known()
    {
        var document = Document("acme", 1, [Provider("alpha-llm", config: """{"model":"big","speed":2}""")], Key("alpha-llm")) with
        {
            Agents = new Dictionary<string, JsonObject> { ["default"] = Parse("""{"providers":{"alpha-llm":{"model":"small"}}}""") },
        };

        var entry = Resolve(document).Require(ProviderKind.LanguageModel);

        entry.Settings.ToJsonString().Should().Be("""{"model":"small","speed":2}""");
        entry.Origins.Should().BeEquivalentTo(new Dictionary<string, ConfigurationOrigin> { ["/model"] = ConfigurationOrigin.Agent, ["/speed"] = ConfigurationOrigin.Api });
        document.Providers[0].Config.ToJsonString().Should().Be("""{"model":"big","speed":2}""", "documents are shared");
    }

    [Test]
    public void An_agent_cannot_send_a_providers_key_elsewhere()
    {
        var document = Document("acme", 1, [Provider("alpha-llm")], Key("alpha-llm")) with
        {
            Agents = new Dictionary<string, JsonObject> { ["default"] = Parse("""{"providers":{"alpha-llm":{"baseUrl":"https://evil.example"}}}""") },
        };

        var resolved = Resolve(document);

        Keys(resolved, ProviderKind.LanguageModel).Should().BeEmpty();
        resolved.Problems.Should().ContainSingle().Which.Pointer.Should().Be("/baseUrl");
    }

    [Test]
    public void In_hybrid_mode_the_environment_is_the_last_of_each_chain()
    {
        var environment = FromEnvironment(("LLM_PROVIDER", "beta-llm"), ("STT_PROVIDER", "alpha-stt"), ("TTS_PROVIDER", "alpha-tts"));
        var document = Document("acme", 1, [Provider("open-llm")]);

        var resolved = new OrganizationResolver(environment, usesEnvironment: true).Resolve("acme", "default", document, _providers.Catalog.Definitions);

        resolved.Mode.Should().Be(ConfigurationMode.Hybrid);
        Keys(resolved, ProviderKind.LanguageModel).Should().Equal("open-llm");
        resolved.Problems.Select(problem => problem.Message).Should().Contain(message => message.Contains("\"apiKey\" is not set", StringComparison.Ordinal));

        var open = new OrganizationResolver(FromEnvironment(("LLM_PROVIDER", "open-llm")), true)
            .Resolve("acme", "default", Complete("acme", 1, "alpha"), _providers.Catalog.Definitions);
        Keys(open, ProviderKind.LanguageModel).Should().Equal("alpha-llm", "open-llm");
        open.Chain(ProviderKind.LanguageModel)[1].Origin.Should().Be(ConfigurationOrigin.Environment);
    }

    [Test]
    public void In_backend_mode_the_environment_is_not_asked_and_the_error_says_so()
    {
        var resolved = new OrganizationResolver(FromEnvironment(("LLM_PROVIDER", "open-llm")), usesEnvironment: false)
            .Resolve("acme", "default", Document("acme", 1, []), _providers.Catalog.Definitions);

        resolved.Mode.Should().Be(ConfigurationMode.Backend);
        resolved.Invoking(it => it.Require(ProviderKind.LanguageModel))
            .Should().Throw<NoProviderException>().WithMessage("*\"acme\"*llm*PROVIDER_ENV_FALLBACK=false*");
    }

    [Test]
    public void Warns_of_a_model_whose_end_is_announced() =>
        Resolve(Document("acme", 1, [Provider("open-llm", config: """{"model":"old"}""")])).Warnings.Should().ContainSingle().Which.Should().Contain("2026-12-11");

    private ResolvedOrganization Resolve(OrganizationDocument document) =>
        new OrganizationResolver(EnvironmentProviders.None, usesEnvironment: false).Resolve(document.Id, "default", document, _providers.Catalog.Definitions);

    private static IEnumerable<string> Keys(ResolvedOrganization resolved, ProviderKind kind) => resolved.Chain(kind).Select(entry => entry.Key);

    private static EnvironmentProviders FromEnvironment(params (string Name, string Value)[] variables) =>
        new(variables.ToDictionary(pair => pair.Name, pair => pair.Value), [], new Dictionary<ProviderKind, string>());

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}

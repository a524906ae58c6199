namespace Aico.Host.Tests.Api.Configuration;

/// <summary>POST …/chains/{type}/test through the whole server, with the host's own voices.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ChainTrialTests
{
    private const string Path = "/api/organizations/current/chains/tts/test";
    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _api = await ConfigurationApi.StartAsync();
        await _api.MakeAsync("acme");
    }

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Runs_the_chain_of_the_organization_in_its_order()
    {
        (await _api.AskAsync("PUT", "/api/organizations/current/providers/flite/config", """{"priority":10}""")).Status.Should().Be(200);
        (await _api.AskAsync("PUT", "/api/organizations/current/providers/espeak/config", """{"priority":20}""")).Status.Should().Be(200);

        var well = await _api.AskAsync("POST", Path, "{}");
        var failing = await _api.AskAsync("POST", Path, """{"inject":"cut"}""");

        (well.Status, (string?)well.Body!["run"]!["answeredBy"]).Should().Be((200, "espeak"));
        well.Body["entries"]!.AsArray().Select(entry => (string?)entry!["provider"]).Should().Equal("espeak", "flite");
        ((bool)failing.Body!["run"]!["answered"]!, (string?)failing.Body["run"]!["answeredBy"], (string?)failing.Body["run"]!["attempts"]![0]!["failure"])
            .Should().Be((true, "flite", "unavailable"));
    }

    [Test]
    public async Task Names_what_it_does_not_know()
    {
        (await _api.AskAsync("PUT", "/api/organizations/current/providers/flite/config", "{}")).Status.Should().Be(200);

        (await _api.AskAsync("POST", Path, """{"inject":"nope"}""")).IsProblem(400, "invalid-request");
        (await _api.AskAsync("POST", "/api/organizations/current/chains/vad/test", "{}")).IsProblem(404, "not-found");
        (await _api.AskWithAsync(await _api.KeyAsync("acme", "providers:read"), "POST", Path, "{}")).IsProblem(403, "insufficient-scope");
    }
}

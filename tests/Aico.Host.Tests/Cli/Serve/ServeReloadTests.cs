using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Serve;
using Aico.Host.Tests.Api.Configuration;
using Aico.Host.Tests.Cli.Agents;
using Aico.Host.Tests.Plugins;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Cli.Serve;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ServeReloadTests
{
    private const string Chosen = "TTS_PROVIDER=good-tts\nLLM_PROVIDER=good-llm\nVAD_PROVIDER=energy\n";

    private readonly CollectedLog _log = new();
    private ILoggerFactory _loggers = null!;
    private TemporaryFiles _files = null!;
    private PluginSandbox _sandbox = null!;
    private AicoHost _host = null!;
    private ServeOrganizations _organizations = null!;
    private ServeUsage _usage = null!;
    private ServeReload _reload = null!;

    [SetUp]
    public async Task Begin()
    {
        (_files, _sandbox, _loggers) = (new TemporaryFiles(), new PluginSandbox(), LoggerFactory.Create(logging => logging.AddProvider(_log)));
        _sandbox.Add("Good");
        _sandbox.Add("DependencyV1User");
        Variables("STT_PROVIDER=good-stt\nACME_KEY=first\n");
        Prices("[]");
        _files.Write("organizations/acme.json", """{ "name": "Acme" }""");
        _host = AicoHost.Create(_sandbox.Options() with { LoggerFactory = _loggers });
        var request = new ServeRequest { Role = ServeRole.Api, MaxCalls = 1, MaxLoad = 0.5, DataDir = Path.Combine(_files.Folder, "data"), EnvFiles = [Path.Combine(_files.Folder, "aico.env")] };
        var plan = ServePlan.Of(request, "test");
        _organizations = await ServeOrganizations.OpenAsync(plan, request, _host, _loggers, TimeProvider.System, default);
        _usage = ServeUsage.Open(plan, _host, _organizations, _ => { }, _loggers, TimeProvider.System);
        _reload = new ServeReload(plan, request, _host, _organizations, _usage, _loggers.CreateLogger<ServeReload>());
    }

    [TearDown]
    public async Task End()
    {
        await _usage.DisposeAsync();
        await _organizations.DisposeAsync();
        await _host.DisposeAsync();
        _loggers.Dispose();
        _sandbox.Dispose();
        _files.Dispose();
    }

    [Test]
    public async Task The_next_call_has_the_provider_that_the_environment_file_names_now()
    {
        (await HearingAsync()).Should().Be("good-stt");
        Variables("STT_PROVIDER=library-v1\nACME_KEY=s3cret\nAICO_DATADIR=x\n");

        _reload.Run();

        (await HearingAsync()).Should().Be("library-v1");
        _log.Text.Should().Contain("Variables that have changed, for calls from now on: ACME_KEY, STT_PROVIDER")
            .And.Contain("did you mean AICO_DATA_DIR?")
            .And.Contain("Variables that have changed and count from the next start on: AICO_DATADIR")
            .And.NotContain("s3cret");
    }

    [TestCase("STT_PROVIDER=nobody\n", "there is no stt provider \"nobody\"")]
    [TestCase("STT_PROVIDER=library-v1\nnonsense\n", "line 2 is not NAME=value")]
    public async Task What_cannot_be_used_is_refused_as_a_whole(string variables, string problem)
    {
        Variables(variables);

        _reload.Run();

        (await HearingAsync()).Should().Be("good-stt");
        _log.Text.Should().Contain("What was there before stays in use.").And.Contain(problem);
    }

    [Test]
    public void Prices_are_read_again_and_a_broken_table_leaves_the_one_before()
    {
        Prices("""[{ "provider": "vendor", "validFrom": "2026-01-01", "source": "a test", "units": [{ "unit": "request", "usd": 1 }] }]""");
        _reload.Run();
        _log.Text.Should().Contain("prices.json: 1 prices");

        Prices("nonsense");
        _reload.Run();

        _log.Text.Should().Contain("What was there before stays in use.").And.Contain("prices.json");
    }

    [Test]
    public async Task Providers_that_nothing_concerns_serve_on()
    {
        var before = await _organizations.Cache.FindAsync("default", "default", default);

        _reload.Run();

        (await _organizations.Cache.FindAsync("default", "default", default)).Should().BeSameAs(before);
        _log.Text.Should().Contain("Configuration was read again; 1 organizations' files are served").And.NotContain("have changed");
    }

    private async Task<string> HearingAsync() =>
        (await _organizations.Cache.FindAsync("default", "default", default))!.Require(ProviderKind.SpeechToText).Key;

    private void Variables(string text) => _files.Write(
        "aico.env",
        $"{text}{Chosen}AICO_ORGANIZATIONS_DIR={Path.Combine(_files.Folder, "organizations")}\nAICO_PRICES={Path.Combine(_files.Folder, "prices.json")}\n");

    private void Prices(string prices) => _files.Write("prices.json", $$"""{ "currency": "USD", "prices": {{prices}} }""");
}

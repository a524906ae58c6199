using Aico.Host.Cli;
using Aico.Host.Cli.Doctor;
using Aico.Host.Storage;
using Aico.Host.Tests.Cli.Agents;
using Aico.Host.Tests.Plugins;

namespace Aico.Host.Tests.Cli.Doctor;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class EnvironmentExamTests
{
    private readonly Dictionary<string, string> _environment = new()
    {
        ["STT_PROVIDER"] = "good-stt",
        ["TTS_PROVIDER"] = "good-tts",
        ["LLM_PROVIDER"] = "good-llm",
    };

    private TemporaryFiles _files = null!;
    private PluginSandbox _sandbox = null!;

    [SetUp]
    public void Begin()
    {
        (_files, _sandbox) = (new TemporaryFiles(), new PluginSandbox());
        _sandbox.Add("Good");
    }

    [TearDown]
    public void End()
    {
        _sandbox.Dispose();
        _files.Dispose();
    }

    [Test]
    public async Task Looks_at_everything_and_asks_providers_only_where_it_is_told_to()
    {
        (await AreasAsync(asksProviders: false)).Should().Equal("database", "key", "disk", "disk", "port", "livekit");
        (await AreasAsync(asksProviders: true)).Should().EndWith(["provider", "provider", "provider"]);
    }

    [Test]
    public async Task A_host_that_fetches_its_organizations_keeps_nothing_to_look_at()
    {
        _environment["AICO_BACKEND_URL"] = "http://127.0.0.1:1";

        (await AreasAsync(asksProviders: false)).Should().Equal("disk", "port", "livekit");
    }

    [Test]
    public async Task A_variable_that_nothing_reads_is_told_of_without_its_value()
    {
        _environment["AICO_DATADIR"] = "s3cret";

        var finding = (await LookAsync(asksProviders: false))[0];

        finding.Should().Be(new DoctorFinding("variable", "AICO_DATADIR", DoctorStatus.Warning, "nothing", "It is set, and AICO does not read it.", "Did you mean AICO_DATA_DIR?"));
    }

    [Test]
    public async Task A_provider_that_would_serve_is_well_and_one_that_is_not_there_is_a_fault()
    {
        _environment["LLM_PROVIDER"] = "nobody";

        var providers = (await LookAsync(asksProviders: true)).Where(finding => finding.Area == "provider").ToList();

        (providers[0].Name, providers[0].Status, providers[0].Remedy).Should().Be(("good-stt", DoctorStatus.Ok, null));
        (providers[^1].Name, providers[^1].Status).Should().Be(("llm of the environment", DoctorStatus.Broken));
        providers[^1].Detail.Should().Contain("nobody");
        providers[^1].Remedy.Should().NotBeNull();
    }

    private async Task<IEnumerable<string>> AreasAsync(bool asksProviders) => (await LookAsync(asksProviders)).Select(finding => finding.Area);

    private async Task<IReadOnlyList<DoctorFinding>> LookAsync(bool asksProviders)
    {
        await using var host = _sandbox.Open();
        return await EnvironmentExam.RunAsync(
            host,
            new DoctorRequest { Environment = _environment, Folder = new DataFolder(Path.Combine(_files.Folder, "data")), Port = 0, AsksProviders = asksProviders },
            default);
    }
}

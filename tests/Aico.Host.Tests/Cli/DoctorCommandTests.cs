using System.Text.Json.Nodes;
using Aico.Host.Tests.Plugins;

namespace Aico.Host.Tests.Cli;

public class DoctorCommandTests
{
    [Test]
    public async Task Succeeds_where_each_kind_has_a_provider_and_voice_activity_has_its_fallback()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");

        var result = await RunAsync(sandbox, "doctor", "--json");

        result.ExitCode.Should().Be(0);
        result.Json["ok"]!.GetValue<bool>().Should().BeTrue();
        result.Json["conversation"]!.ToJsonString().Should().Be(
            """[{"type":"stt","ok":true,"providers":["good-stt"],"needConfiguration":[]},"""
            + """{"type":"tts","ok":true,"providers":["good-tts"],"needConfiguration":[]},"""
            + """{"type":"llm","ok":true,"providers":["good-llm"],"needConfiguration":[]},"""
            + """{"type":"vad","ok":true,"providers":[],"needConfiguration":[]}]""");
    }

    [Test]
    public async Task Fails_and_names_the_kinds_that_nothing_serves()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("DependencyV1User");

        var result = await RunAsync(sandbox, "doctor");

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("A conversation is not possible: nothing usable for tts, llm.");
        result.Output.Should().Contain("calls fall back to the energy of the sound");
    }

    [Test]
    public async Task Says_of_what_is_missing_what_it_is_for_and_how_to_get_it()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");

        var findings = (await RunAsync(sandbox, "doctor", "--json")).Json["findings"]!.AsArray();

        Find(findings, "models/good.bin").ToJsonString().Should().Be(
            """{"area":"model","name":"models/good.bin","status":"missing","purpose":"good-vad (vad)","detail":"It is neither in the plugin\u0027s folder nor in native/.","remedy":"Copy good.bin."}""");
        Find(findings, "no-such-library")["status"]!.GetValue<string>().Should().Be("missing");
        Find(findings, "no-such-library")["remedy"]!.GetValue<string>().Should().Be("Install it.");
        Find(findings, "sh")["status"]!.GetValue<string>().Should().Be("ok");
        Find(findings, "sh")["remedy"].Should().BeNull();
        Find(findings, "livekit_ffi.node")["status"]!.GetValue<string>().Should().Be("missing");
        Find(findings, "livekit_ffi.node")["remedy"]!.GetValue<string>().Should().Contain("build script");
    }

    [Test]
    public async Task Distinguishes_an_empty_model_and_a_damaged_library_from_missing_ones()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        File.WriteAllBytes(Path.Combine(folder, "models", "good.bin"), []);
        File.WriteAllText(Path.Combine(folder, "libno-such-library.so"), "not a library");

        var findings = (await RunAsync(sandbox, "doctor", "--json")).Json["findings"]!.AsArray();

        Find(findings, "models/good.bin")["status"]!.GetValue<string>().Should().Be("broken");
        Find(findings, "no-such-library")["status"]!.GetValue<string>().Should().Be("broken");
        Find(findings, "no-such-library")["detail"]!.GetValue<string>().Should().Contain("does not load");
    }

    [Test]
    public async Task Counts_a_provider_only_where_everything_that_it_needs_is_there()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");

        var result = await RunAsync(sandbox, "doctor", "--json");

        result.Json["conversation"]!.AsArray().Single(part => part!["type"]!.GetValue<string>() == "vad")!["providers"]!.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Shows_rejected_plugins_with_their_remedy()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("ContractTooNew");

        var result = await RunAsync(sandbox, "doctor");

        result.Output.Should().Contain("broken").And.Contain("built for contract 1.9").And.Contain("To do: Update AICO");
    }

    [Test]
    public async Task Fails_where_something_that_is_configured_is_broken()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        File.WriteAllText(Path.Combine(sandbox.HostFolder, "aico.env"), "LIVEKIT_URL=ws://localhost\nAICO_DATADIR=s3cret");

        var result = await RunAsync(sandbox, "doctor", "--env-file", Path.Combine(sandbox.HostFolder, "aico.env"));

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("LIVEKIT_API_KEY is not set.")
            .And.Contain("To do: Did you mean AICO_DATA_DIR?")
            .And.Contain("A conversation is possible, but something that is configured does not work")
            .And.NotContain("s3cret");
    }

    // Neither the machine's own data nor its ports: what they are like is nothing that these tests are about.
    private static Task<CliHarness> RunAsync(PluginSandbox sandbox, params string[] args) =>
        CliHarness.RunAsync(sandbox.Open, [.. args, "--data-dir", Path.Combine(sandbox.HostFolder, "data"), "--port", "0"]);

    private static JsonNode Find(JsonArray findings, string name) => findings.Single(finding => finding!["name"]!.GetValue<string>() == name)!;
}

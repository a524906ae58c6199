using System.CommandLine;
using Aico.Host.Cli.Configuration;
using Aico.Host.Cli.Organizations;
using Aico.Testing;

namespace Aico.Host.Tests.Cli.Organizations;

/// <summary>The commands about organizations, on a database and a folder of the test's own, with the shipped plugins.</summary>
public class OrgCommandsTests
{
    private string _folder = null!;
    private string _env = null!;

    [SetUp]
    public async Task SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("aico-test-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "organizations"));
        _env = Path.Combine(_folder, "env");
        await File.WriteAllTextAsync(_env, $"AICO_ORGANIZATIONS_DIR={Path.Combine(_folder, "organizations")}\nACME_OPENAI_API_KEY=canary-from-env\nPROVIDER_ENV_FALLBACK=false\n");
        (await RunAsync("org", "create", "acme", "--name", "Acme")).ExitCode.Should().Be(0);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Makes_sets_shows_and_deletes()
    {
        (await RunAsync("org", "set", "acme", "openai", "temperature=0.5", "model=gpt-4.1-mini")).ExitCode.Should().Be(0);
        (await RunAsync("org", "set", "acme", "openai", "--unset", "model")).ExitCode.Should().Be(0);
        (await RunAsync("org", "enable", "acme", "moonshine")).ExitCode.Should().Be(0);
        (await RunAsync("org", "disable", "acme", "openai")).ExitCode.Should().Be(0);
        (await RunAsync("org", "priority", "acme", "moonshine", "250")).ExitCode.Should().Be(0);

        var shown = (await RunAsync("org", "show", "acme", "--json")).Json;
        shown["name"]!.GetValue<string>().Should().Be("Acme");
        shown["providers"]!.AsArray().Select(provider => (provider!["key"]!.ToString(), provider["isEnabled"]!.ToString(), provider["priority"]!.ToString()))
            .Should().BeEquivalentTo([("openai", "false", "100"), ("moonshine", "true", "250")]);
        shown["providers"]!.AsArray().Single(provider => provider!["key"]!.ToString() == "openai")!["config"]!.ToJsonString().Should().Be("""{"temperature":0.5}""");
        (await RunAsync("org", "list", "--json")).Json["organizations"]!.AsArray().Should().ContainSingle();

        (await RunAsync("org", "delete", "acme")).Error.Should().Contain("--yes");
        (await RunAsync("org", "delete", "acme", "--yes")).ExitCode.Should().Be(0);
        (await RunAsync("org", "show", "acme")).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains("no organization \"acme\""));
    }

    [Test]
    public async Task Takes_secrets_from_standard_input_and_shows_none()
    {
        (await RunAsync(new StringReader("canary-of-stdin\n"), "secrets", "set", "acme", "openai", "apiKey", "--hint")).ExitCode.Should().Be(0);
        var typed = await RunAsync("secrets", "set", "acme", "groq", "apiKey", "canary-typed");
        typed.ExitCode.Should().Be(0);
        typed.Error.Should().Contain("command line");
        await RunAsync("org", "enable", "acme", "openai");

        foreach (var args in new[] { new[] { "org", "show", "acme" }, ["org", "show", "acme", "--json"], ["org", "explain", "acme"], ["org", "explain", "acme", "--json"], ["org", "export", "acme"] })
        {
            var answer = await RunAsync(args);
            answer.ExitCode.Should().Be(0, answer.Error);
            (answer.Output + answer.Error).Should().NotContain("canary");
        }

        (await RunAsync("org", "show", "acme")).Output.Should().Contain("apiKey=…tdin");
        (await RunAsync("secrets", "unset", "acme", "openai", "apiKey")).ExitCode.Should().Be(0);
        (await RunAsync("org", "explain", "acme", "--json")).Json["problems"]!.AsArray().Should().ContainSingle().Which!["missingSecret"]!.ToString().Should().Be("apiKey");
        (await RunAsync("org", "set", "acme", "openai", "apiKey=canary-wrong")).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && !answer.Error.Contains("canary"));
    }

    [Test]
    public async Task Exports_what_imports_again_all_or_nothing()
    {
        await RunAsync("org", "set", "acme", "openai", "temperature=0.5");
        await RunAsync(new StringReader("canary-from-env"), "secrets", "set", "acme", "openai", "apiKey");
        var file = Path.Combine(_folder, "acme.json");
        (await RunAsync("org", "export", "acme", "--out", file)).Output.Should().Contain("ACME_OPENAI_API_KEY");
        (await RunAsync("org", "validate", file)).Output.Should().Contain("good");
        (await RunAsync("org", "diff", file)).Should().Match<CliHarness>(answer => answer.ExitCode == 0 && answer.Output.Length == 0);

        var text = (await File.ReadAllTextAsync(file)).Replace("0.5", "0.7", StringComparison.Ordinal).Replace("\"name\": \"Acme\"", "\"name\": \"Acme 2\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text);
        (await RunAsync("org", "diff", file)).Output.Should().Contain("~ /providers/openai/config/temperature 0.5 -> 0.7").And.Contain("/name");
        (await RunAsync("org", "import", file)).ExitCode.Should().Be(0);
        (await RunAsync("org", "diff", file)).ExitCode.Should().Be(0);

        await File.WriteAllTextAsync(file, text.Replace("\"temperature\": 0.7", "\"temperature\": 99", StringComparison.Ordinal).Replace("Acme 2", "Acme 3", StringComparison.Ordinal));
        (await RunAsync("org", "import", file)).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains("acme.json("));
        (await RunAsync("org", "show", "acme", "--json")).Json["name"]!.ToString().Should().Be("Acme 2");

        // Another organization, with the secret that the variable holds.
        await File.WriteAllTextAsync(file, text);
        (await RunAsync("org", "import", file, "--id", "beta")).ExitCode.Should().Be(0);
        (await RunAsync("org", "explain", "beta", "--json")).Json["chains"]!["llm"]!.AsArray().Should().ContainSingle().Which!["secrets"]!.AsArray().Should().ContainSingle();
    }

    [Test]
    public async Task Leaves_organizations_of_files_to_their_files()
    {
        var file = Path.Combine(_folder, "organizations", "filed.json");
        await File.WriteAllTextAsync(file, """{ "name": "Filed", "providers": { "flite": {} } }""");

        (await RunAsync("org", "set", "filed", "flite", "rate=1.2")).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains(file));
        (await RunAsync("org", "show", "filed")).Output.Should().Contain(file);
        (await RunAsync("org", "export", "filed")).Output.Should().Contain("\"Filed\"");
        (await RunAsync("config", "check", "--env-file", _env)).ExitCode.Should().Be(0);

        await File.WriteAllTextAsync(file, "{ \"nmae\": 1 }");
        (await RunAsync("config", "check", "--env-file", _env)).Should().Match<CliHarness>(answer => answer.ExitCode == 1 && answer.Output.Contains("filed.json(1,3)"));
        (await RunAsync("org", "list")).Output.Should().Contain("filed.json(1,3)");
    }

    [Test]
    public async Task Refuses_what_leads_into_the_operator_s_network()
    {
        (await RunAsync("org", "set", "acme", "openai", "baseUrl=http://169.254.169.254/v1")).Should()
            .Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains("AICO_EGRESS_ALLOW"));
    }

    [Test]
    public async Task Makes_no_master_key_beside_secrets_that_another_one_is_missing_for()
    {
        using var input = new StringReader("sk-test-0123456789");
        (await RunAsync(input, "secrets", "set", "acme", "openai", "apiKey")).ExitCode.Should().Be(0);
        var key = Path.Combine(_folder, "data", "master.key");
        File.Delete(key);

        var answer = await RunAsync("org", "show", "acme");

        answer.ExitCode.Should().Be(1);
        answer.Error.Should().Contain(key);
        File.Exists(key).Should().BeFalse("it would hide that the old one is lost");
    }

    private Task<CliHarness> RunAsync(params string[] args) => RunAsync(TextReader.Null, args);

    private Task<CliHarness> RunAsync(TextReader input, params string[] args)
    {
        static AicoHost Open() => BuiltHost.Open();
        var root = new RootCommand("test") { OrgCommand.Create(Open, TimeProvider.System), SecretsCommand.Create(Open, TimeProvider.System, input), ConfigCommand.Create(Open) };
        return CliHarness.RunAsync(root, args[0] == "config" || args[1] == "validate" ? args : [.. args, "--data-dir", Path.Combine(_folder, "data"), "--env-file", _env]);
    }
}

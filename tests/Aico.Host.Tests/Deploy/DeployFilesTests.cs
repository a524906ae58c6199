using System.Diagnostics;
using System.Text.Json.Nodes;
using Aico.Host.Cli;
using Aico.Host.Cli.Agents;
using Aico.Host.Tests.Cli.Agents;
using Aico.Testing;
using Aico.Testing.Http;

namespace Aico.Host.Tests.Deploy;

/// <summary>
/// The files by which AICO is run elsewhere, read by the tools that they are for as far as those work without an engine: Dockerfile and
/// compose.yaml by npm's parsers, the unit by systemd-analyze; and what they start is understood by the program.
/// </summary>
[Platform("Linux")]
public class DeployFilesTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Repository, "deploy");
    private static readonly string Unit = Path.Combine(Folder, "systemd", "aico.service");

    [Test]
    public async Task The_container_files_are_understood_and_lead_to_what_is_there()
    {
        var read = await ReadContainersAsync();

        read["problems"]!.AsArray().Select(problem => (string)problem!).Should().BeEmpty();
        read["services"]!.AsObject().Select(service => service.Key).Should().Equal("livekit", "aico", "vosk", "piper");
    }

    [Test]
    public async Task What_the_containers_start_is_understood()
    {
        var aico = (await ReadContainersAsync())["services"]!["aico"]!;
        string[] Words(string name) => [.. aico["instructions"]!.AsArray().Single(instruction => (string)instruction!["name"]! == name)!["arguments"]!.AsArray().Select(word => ((string)word!).Trim('[', ']', ',', '"'))];

        Words("ENTRYPOINT").Should().Equal("/opt/aico/aico");
        Problems(Words("CMD")).Should().BeEmpty();
        Problems([.. aico["command"]!.AsArray().Select(word => (string)word!)]).Should().BeEmpty();
        UnknownVariables.Known.Should().Contain(aico["environment"]!.AsObject().Select(variable => variable.Key));
        aico["stop_grace_period"]!.ToString().Should().Be("62m", "a drain is an hour, and a minute for goodbyes and what is written at the end");
    }

    [Test]
    public void What_the_unit_starts_is_understood()
    {
        var start = Value("ExecStart").Split(' ');

        start[0].Should().Be("/opt/aico/aico");
        Problems(start[1..]).Should().BeEmpty();
        var variables = EnvironmentFile.Read(Path.Combine(Folder, "systemd", "aico.env"));
        UnknownVariables.Known.Should().Contain(variables.Keys).And.Contain(Value("Environment").Split('=')[0]);
    }

    [Test]
    public async Task The_unit_is_what_systemd_takes_and_lets_out_little()
    {
        using var files = new TemporaryFiles();
        // The program is not in its place here; everything else is as it is.
        var unit = files.Write("aico.service", File.ReadAllText(Unit).Replace("/opt/aico/aico serve", "/bin/true serve", StringComparison.Ordinal));

        var verified = await RunAsync("systemd-analyze", ["verify", "--man=no", unit]);
        // In tenths of systemd's own measure, of 10: below 2 is what it calls OK.
        var exposed = await RunAsync("systemd-analyze", ["security", "--offline=true", "--threshold=20", unit]);

        verified.Should().Match<(int ExitCode, string Output)>(run => run.ExitCode == 0 && run.Output.Trim().Length == 0);
        exposed.ExitCode.Should().Be(0, exposed.Output);
    }

    [TestCase(200, 0)]
    [TestCase(503, 1)]
    public async Task The_health_check_of_the_image_says_what_the_host_says(int status, int exitCode)
    {
        await using var host = await LocalHttpServer.StartAsync();
        host.Default = LocalResponse.Text(status, "{}");

        var (exit, output) = await RunAsync("bash", [Path.Combine(Folder, "container", "healthy.sh"), $"{new Uri(host.Url).Port}"]);

        exit.Should().Be(exitCode, output);
        host.Requests.Should().ContainSingle().Which.PathAndQuery.Should().Be("/healthz");
    }

    private static string Value(string name) =>
        File.ReadLines(Unit).Single(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    private static IEnumerable<string> Problems(string[] command) =>
        new System.CommandLine.RootCommand { ServeCommand.Create(_ => throw new InvalidOperationException()) }.Parse(command).Errors.Select(error => error.Message);

    private static async Task<JsonNode> ReadContainersAsync()
    {
        var folder = Path.Combine(TestPaths.Repository, "tests", "vendor-clients");
        Directory.Exists(Path.Combine(folder, "node_modules")).Should().BeTrue("\"npm ci\" was run in tests/vendor-clients");
        var (exitCode, output) = await RunAsync("node", [Path.Combine(folder, "deploy-files.mjs"), TestPaths.Repository]);
        exitCode.Should().Be(0, output);
        return JsonNode.Parse(output)!;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}

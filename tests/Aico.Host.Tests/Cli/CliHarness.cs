using System.CommandLine;
using System.Text.Json.Nodes;
using Aico.Host.Cli;

namespace Aico.Host.Tests.Cli;

/// <summary>Runs the real commands against a host of the test's and keeps what they print.</summary>
internal sealed record CliHarness(int ExitCode, string Output, string Error)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    public static async Task<CliHarness> RunAsync(Func<AicoHost> openHost, params string[] args)
    {
        var root = new RootCommand("test");
        root.Add(new Command("plugin", "plugins") { PluginListCommand.Create(openHost) });
        root.Add(new Command("providers", "providers") { ProvidersListCommand.Create(openHost) });
        root.Add(DoctorCommand.Create(openHost));
        return await RunAsync(root, args);
    }

    public static async Task<CliHarness> RunAsync(RootCommand root, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await CliRunner.RunAsync(root, args, output, error, CancellationToken.None);
        return new CliHarness(exitCode, output.ToString(), error.ToString());
    }
}

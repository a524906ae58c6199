using System.CommandLine;
using Aico.Host.Cli;
using Aico.Host.Cli.Organizations;
using Aico.Host.Tests.Api.Configuration;
using Aico.Testing;

namespace Aico.Host.Tests.Cli.Organizations;

/// <summary>Runs commands with --server before the real API, store and plugins.</summary>
public abstract class ServedCommands
{
    private protected ConfigurationApi Api { get; private set; } = null!;

    private protected string Folder { get; private set; } = null!;

    [SetUp]
    public async Task SetUp()
    {
        Api = await ConfigurationApi.StartAsync();
        Folder = Directory.CreateTempSubdirectory("aico-test-").FullName;
    }

    [TearDown]
    public async Task TearDown()
    {
        await Api.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private protected async Task<CliHarness> RunAsync(string key, params string[] args) =>
        await RunWithAsync([.. args, "--server", Api.Address.ToString(), "--env-file", await EnvironmentAsync($"AICO_API_KEY={key}")]);

    private protected async Task<string> EnvironmentAsync(string line)
    {
        var file = Path.Combine(Folder, "env");
        await File.WriteAllTextAsync(file, line + "\n");
        return file;
    }

    private protected static Task<CliHarness> RunWithAsync(params string[] args)
    {
        static AicoHost Open() => BuiltHost.Open();
        var root = new RootCommand("test")
        {
            OrgCommand.Create(Open, TimeProvider.System),
            SecretsCommand.Create(Open, TimeProvider.System, new StringReader("canary-of-stdin\n")),
            KeyCommand.Create(TimeProvider.System),
            UsageCommand.Create(TimeProvider.System),
        };
        return CliHarness.RunAsync(root, args);
    }
}

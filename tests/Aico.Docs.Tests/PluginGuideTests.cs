using System.Diagnostics;

namespace Aico.Docs.Tests;

/// <summary>
/// Follows the guide for plugin authors: a plugin is made, built and tested outside this repository, against the packages that the build
/// has made, and a host loads it. Nothing comes from a network: what the packages need lies in this machine's cache, since this
/// repository needs it too.
/// </summary>
public class PluginGuideTests
{
    internal static readonly DocumentPage Guide = new("docs/PLUGINS.md");

    [Test]
    public async Task Makes_a_plugin_that_builds_passes_its_tests_and_is_loaded()
    {
        using var sandbox = await DocumentSandbox.OpenAsync(Guide);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // Packages of this version that were tried before lie in a cache under the same number: this one begins empty, and falls back on the machine's for the rest.
        sandbox.Set("NUGET_PACKAGES", Path.Combine(sandbox.Folder, "cache"));
        sandbox.Set("RestoreFallbackFolders", cache);
        sandbox.Set("NuGetAudit", "false");
        sandbox.Set("DOTNET_CLI_UI_LANGUAGE", "en");
        // A compiler that stays would keep the pipes of its output open.
        sandbox.Set("UseSharedCompilation", "false");
        sandbox.Set("MSBUILDDISABLENODEREUSE", "1");

        var outcomes = new List<CommandOutcome>();
        foreach (var command in CommandBlocks.Of(Guide).Where(block => block.NotRun is null).SelectMany(block => block.Commands))
        {
            var started = Stopwatch.GetTimestamp();
            outcomes.AddRange(await sandbox.RunAsync(command));
            await TestContext.Out.WriteLineAsync($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s {command}");
            outcomes.Should().OnlyContain(outcome => outcome.ExitCode == 0, "the guide says \"{0}\", which answers: {1}", command, outcomes[^1].Error + outcomes[^1].Output);
        }

        outcomes.Single(outcome => outcome.Command.StartsWith("dotnet test", StringComparison.Ordinal)).Output.Should().MatchRegex(@"total: (2[5-9]|[3-9]\d)").And.Contain("failed: 0");
        outcomes.Single(outcome => outcome.Command.Contains("plugin list", StringComparison.Ordinal)).Output.Should().MatchRegex("weather-voice +0.1.0 +loaded +weather-voice");
    }
}

using Aico.Host.Tests.Plugins;

namespace Aico.Host.Tests.Cli;

public class PluginListCommandTests
{
    // Fixture, reason, part of what happened, part of what to do.
    private static readonly string[][] _rejected =
    [
        ["ThrowsInRegister", "register-failed", "InvalidOperationException: the fixture fails on purpose", "plugin's author"],
        ["ContractTooNew", "contract-too-new", "built for contract 1.9, and this host has 1.1", "Update AICO"],
        ["ManifestUnreadable", "manifest-unreadable", "plugin.json cannot be read", "a manifest looks like"],
        ["PathEscaping", "assembly-outside-folder", "\"../good/Fixtures.Good.dll\"", "name it without a path"],
        ["KeyTaken", "key-taken", "\"good-stt\", which the plugin \"good\" has already", "Remove one of the two"],
        ["MissingDependency", "dependency-missing", "Fixtures.Dependency", "dotnet publish"],
    ];

    [TestCaseSource(nameof(_rejected))]
    public async Task Says_why_a_plugin_was_rejected_and_what_to_do(string fixture, string reason, string happened, string remedy)
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        sandbox.Add(fixture);

        var json = await CliHarness.RunAsync(sandbox.Open, "plugin", "list", "--json");
        var text = await CliHarness.RunAsync(sandbox.Open, "plugin", "list");

        var plugin = json.Json["plugins"]!.AsArray().Single(row => row!["id"]!.GetValue<string>() == PluginSandbox.Fixtures[fixture])!;
        plugin["state"]!.GetValue<string>().Should().Be("rejected");
        plugin["reason"]!.GetValue<string>().Should().Be(reason);
        plugin["message"]!.GetValue<string>().Should().Contain(happened);
        plugin["remedy"]!.GetValue<string>().Should().Contain(remedy);
        plugin["providers"]!.AsArray().Should().BeEmpty();
        text.Output.Should().Contain($"rejected ({reason})").And.Contain(happened).And.Contain("1 loaded, 1 rejected");
        text.Output.Should().Contain($"    To do: {plugin["remedy"]}");
        (json.ExitCode, text.ExitCode, json.Error, text.Error).Should().Be((0, 0, "", ""));
    }

    [Test]
    public async Task Goes_on_with_all_plugins_that_are_in_order()
    {
        using var sandbox = new PluginSandbox();
        foreach (var fixture in PluginSandbox.Fixtures.Keys)
        {
            sandbox.Add(fixture);
        }

        var json = await CliHarness.RunAsync(sandbox.Open, "plugin", "list", "--json");
        var providers = await CliHarness.RunAsync(sandbox.Open, "providers", "list", "--json");

        json.Json["plugins"]!.AsArray()
            .Where(plugin => plugin!["state"]!.GetValue<string>() == "loaded")
            .Select(plugin => plugin!["id"]!.GetValue<string>())
            .Should().Equal("dependency-v1-user", "dependency-v2-user", "good");
        providers.Json["providers"]!.AsArray().Select(provider => provider!["key"]!.GetValue<string>())
            .Should().Equal("good-stt", "library-v1", "library-v2", "good-tts", "good-llm", "good-vad");
    }

    [Test]
    public async Task Describes_a_loaded_plugin_with_every_field()
    {
        using var sandbox = new PluginSandbox();
        var folder = sandbox.Add("Good");

        var result = await CliHarness.RunAsync(sandbox.Open, "plugin", "list", "--json");

        result.Json["folders"]!.ToJsonString().Should().Be($"[\"{sandbox.PluginsFolder}\"]");
        result.Json["plugins"]![0]!.ToJsonString().Should().Be(
            $$"""{"id":"good","version":"1.0.0","state":"loaded","folder":"{{folder}}","providers":["good-stt","good-tts","good-llm","good-vad"],"reason":null,"message":null,"remedy":null}""");
    }

    [Test]
    public async Task Says_that_there_are_none_where_there_is_no_folder()
    {
        using var sandbox = new PluginSandbox();
        Directory.Delete(sandbox.PluginsFolder);

        var result = await CliHarness.RunAsync(sandbox.Open, "plugin", "list");

        result.Output.Should().Be($"0 loaded, 0 rejected, from {sandbox.PluginsFolder}{Environment.NewLine}");
    }
}

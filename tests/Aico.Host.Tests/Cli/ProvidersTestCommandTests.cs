using System.CommandLine;
using Aico.Host.Cli;
using Aico.Testing;

namespace Aico.Host.Tests.Cli;

/// <summary>The commands that ask providers, with those that need no server.</summary>
public class ProvidersTestCommandTests
{
    [Test]
    public async Task Say_what_a_chain_does_when_its_first_fails()
    {
        var answer = await RunAsync("test", "flite", "espeak", "--chain", "--inject", "401", "--json");

        answer.ExitCode.Should().Be(0, answer.Error);
        var run = answer.Json["run"]!;
        ((string?)run["injected"], (bool)run["answered"]!, (string?)run["answeredBy"]).Should().Be(("401", true, "espeak"));
        run["attempts"]!.AsArray().Select(attempt => ((string?)attempt!["provider"], (string?)attempt["failure"])).Should().Equal(("flite", "unauthorized"), ("espeak", null));
        answer.Json["entries"]!.AsArray().Select(entry => ((string?)entry!["provider"], (bool)entry["ok"]!)).Should().Equal(("flite", true), ("espeak", true));
    }

    [Test]
    public async Task Fail_where_nobody_of_a_chain_answers()
    {
        var answer = await RunAsync("test", "scripted", "--chain", "--inject", "500");

        answer.ExitCode.Should().Be(1);
        answer.Output.Should().Contain("made to suffer \"500\"").And.Contain("Nobody answered");
    }

    [Test]
    public async Task Ask_one_by_one_whether_they_would_serve()
    {
        var answer = await RunAsync("test", "flite", "openai-compatible", "--set", "openai-compatible.baseUrl=http://127.0.0.1:9/v1", "--set", "openai-compatible.model=x", "--json");

        answer.ExitCode.Should().Be(1);
        answer.Json["providers"]!.AsArray().Select(provider => ((string?)provider!["key"], (bool)provider["ok"]!, (string?)provider["failure"])).Should()
            .Equal(("flite", true, null), ("openai-compatible", false, "unavailable"));
    }

    [Test]
    public async Task List_the_voices_that_a_provider_knows()
    {
        (await RunAsync("voices", "flite", "--json")).Json["voices"]!.AsArray().Select(voice => (string?)voice!["id"]).Should().Contain("slt");
        (await RunAsync("models", "flite")).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains("does not list"));
    }

    [TestCase("--inject nope: it is one of 401, 429, 500", "test", "flite", "--chain", "--inject", "nope")]
    [TestCase("--inject and --type go with --chain", "test", "flite", "--inject", "401")]
    [TestCase("no provider \"flitte\"; did you mean flite", "test", "flitte")]
    [TestCase("--chain needs --type", "test", "flite", "scripted", "--chain")]
    [TestCase("Name the providers", "test")]
    public async Task Name_what_is_wrong_with_the_request(string says, params string[] args) =>
        (await RunAsync(args)).Should().Match<CliHarness>(answer => answer.ExitCode == 2 && answer.Error.Contains(says));

    private static Task<CliHarness> RunAsync(params string[] args)
    {
        static AicoHost Open() => BuiltHost.Open();
        var providers = new Command("providers")
        {
            ProvidersTestCommand.Create(Open, TimeProvider.System), ProvidersOfferCommand.Models(Open, TimeProvider.System), ProvidersOfferCommand.Voices(Open, TimeProvider.System),
        };
        return CliHarness.RunAsync(new RootCommand("test") { providers }, ["providers", .. args]);
    }
}

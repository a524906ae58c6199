using System.CommandLine;
using System.Text.RegularExpressions;
using Aico.Host.Cli.Scaffolding;

namespace Aico.Host.Tests.Cli.Scaffolding;

/// <summary>That what it writes builds and is loaded is seen with the guide for authors (Aico.Docs.Tests), that every kind conforms in Aico.Plugins.Tests.</summary>
public class PluginNewCommandTests
{
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("aico-new-");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "packages")).FullName, "Aico.Abstractions.0.1.0.nupkg"), "");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [TestCase("tts", "TextToSpeech", "AddTextToSpeech")]
    [TestCase("stt", "SpeechToText", "AddBatchSpeechToText")]
    [TestCase("llm", "ChatClient", "AddLanguageModel")]
    public async Task Writes_a_plugin_of_the_kind_under_its_own_name(string kind, string provider, string registers)
    {
        var result = await RunAsync("weather-voice", "--kind", kind, "--out", Target, "--json");

        result.ExitCode.Should().Be(0, result.Error);
        result.Json["files"]!.AsArray().Select(file => file!.GetValue<string>()).Should().Contain(
            ["README.md", ".gitignore", "global.json", "nuget.config", "WeatherVoice.slnx", "src/plugin.json", "src/WeatherVoice.csproj", $"src/WeatherVoice{provider}.cs", "tests/WeatherVoice.Tests.csproj"]);
        var files = Directory.EnumerateFiles(Target, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(Target, file).Replace('\\', '/'), File.ReadAllText);
        files.Keys.Concat(files.Values).Should().OnlyContain(text => !Regex.IsMatch(text, "Sample ?(Tts|Stt|Llm|Common)|sample-(tts|stt|llm|common)|[$](aico|feed|contract)"), "each is filled in");
        files["src/WeatherVoicePlugin.cs"].Should().Contain(registers).And.Contain("\"weather-voice\", \"Weather Voice\"");
        files["src/plugin.json"].Should().Contain("\"weather-voice\"").And.Contain("\"contract\": \"1.1\"");
        files["nuget.config"].Should().Contain(Path.Combine(_folder.FullName, "packages"));
    }

    [Test]
    public async Task Overwrites_nothing()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "mine.txt"), "mine");

        var result = await RunAsync("weather-voice", "--out", Target);

        (result.ExitCode, result.Error).Should().Be((2, $"aico: {Target} is there already, and nothing in it is overwritten: name another with --out.{Environment.NewLine}"));
        Directory.EnumerateFiles(Target).Should().ContainSingle();
    }

    [TestCase("WeatherVoice")]
    [TestCase("2weather")]
    [TestCase("weather_voice")]
    [TestCase("../weather")]
    [TestCase("system")]
    public async Task Refuses_what_is_no_name(string name)
    {
        var result = await RunAsync(name, "--out", Target);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain($"\"{name}\"").And.Contain("name");
        Directory.Exists(Target).Should().BeFalse();
    }

    [Test]
    public async Task Says_where_it_looked_for_the_packages()
    {
        var named = await RunAsync("weather-voice", "--out", Target, "--feed", _folder.FullName);
        Directory.Delete(Path.Combine(_folder.FullName, "packages"), recursive: true);
        var none = await RunAsync("weather-voice", "--out", Target);

        (named.ExitCode, none.ExitCode).Should().Be((2, 2));
        named.Error.Should().Contain($"no packages Aico.Abstractions.*.nupkg in {_folder.FullName}");
        none.Error.Should().Contain(Path.Combine(_folder.FullName, "packages")).And.Contain("--feed").And.Contain("./build.sh pack");
        Directory.Exists(Target).Should().BeFalse();
    }

    private string Target => Path.Combine(_folder.FullName, "plugin");

    private Task<CliHarness> RunAsync(params string[] args) =>
        CliHarness.RunAsync(new RootCommand { new Command("plugin") { PluginNewCommand.Create(_folder.FullName) } }, ["plugin", "new", .. args]);
}

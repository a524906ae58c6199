using System.Text.RegularExpressions;
using Aico.Host.Cli;
using Aico.Host.Cli.Agents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Tests.Organizations.Files;
using Aico.Testing;

namespace Aico.Host.Tests.Cli.Configuration;

/// <summary>The files under config/ say what the source reads, and nothing else.</summary>
public partial class EnvironmentPresetTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Repository, "config");

    // Made of a kind and a setting, as ProviderChooser does it.
    private static IEnumerable<string> OfKinds =>
        from kind in new[] { "STT", "TTS", "LLM" }
        from setting in new[] { "PROVIDER", "BASE_URL", "MODEL", "HOST", "PORT" }
        select $"{kind}_{setting}";

    [Test]
    public void Explains_every_variable_that_the_source_reads()
    {
        var read = Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, "Aico.Host"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Variable().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Concat(OfKinds)
            .Concat(VendorVariable.All.Select(variable => variable.Name))
            .Distinct();

        Named(".env.example").Should().BeEquivalentTo(read);
    }

    [TestCase(".env.example")]
    [TestCase(".env.local-testing")]
    [TestCase(".env.cloud-providers")]
    [TestCase(".env.production")]
    public void Loads_and_names_nothing_that_is_unknown(string file)
    {
        var variables = EnvironmentFile.Read(Path.Combine(Folder, file));

        Named(file).Should().BeSubsetOf(Named(".env.example"));
        variables.Should().NotBeEmpty();
        FluentActions.Invoking(() => ConfigurationSettings.Of(variables)).Should().NotThrow();
        FluentActions.Invoking(() => EgressSettings.Of(variables)).Should().NotThrow();
    }

    [Test]
    public void Fills_the_providers_of_a_preset_below_what_is_typed()
    {
        var definitions = SampleCatalog.Make("piper", "other").Definitions;
        var preset = new AgentRequest { Preset = "vosk-piper", Stt = "hearing" };

        AgentPreset.Over(preset, definitions).Should().Match<AgentRequest>(request => request.Stt == "hearing" && request.Tts == "piper" && request.Llm == null);
        AgentPreset.Over(preset with { Tts = "other" }, definitions).Tts.Should().Be("other");
    }

    [TestCase("deepgram-elevenlabs", "no loaded plugin brings the tts provider \"elevenlabs\"")]
    [TestCase("vosk-pipr", "did you mean \"vosk-piper\"?")]
    public void Says_what_a_preset_lacks(string preset, string problem)
    {
        FluentActions.Invoking(() => AgentPreset.Over(new AgentRequest { Preset = preset, Stt = "hearing" }, SampleCatalog.Make().Definitions))
            .Should().Throw<CliException>().Which.Message.Should().Contain(problem);
    }

    // Names in comments count: what is off by default stands there.
    private static IEnumerable<string> Named(string file) =>
        File.ReadAllLines(Path.Combine(Folder, file)).Select(line => Assignment().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex("\"((?:AICO|OTEL|PROVIDER|STT|TTS|LLM|VAD|LIVEKIT)_[A-Z0-9_]+)\"")]
    private static partial Regex Variable();

    [GeneratedRegex("^#?([A-Z][A-Z0-9_]*)=")]
    private static partial Regex Assignment();
}

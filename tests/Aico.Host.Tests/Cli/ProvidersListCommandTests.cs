using System.Text.Json.Nodes;
using Aico.Host.Tests.Plugins;

namespace Aico.Host.Tests.Cli;

public class ProvidersListCommandTests
{
    [Test]
    public async Task Describes_a_provider_with_its_schemas()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");

        var result = await CliHarness.RunAsync(sandbox.Open, "providers", "list", "--type", "stt", "--json");

        result.Json["providers"]!.AsArray().Should().ContainSingle();
        result.Json["providers"]![0]!.ToJsonString().Should().Be(JsonNode.Parse(
            """
            {
              "key": "good-stt",
              "type": "stt",
              "displayName": "Good STT",
              "description": "Hears what its settings say.",
              "hosting": "builtIn",
              "streaming": false,
              "capabilities": {
                "languages": ["en"], "interimResults": false, "endOfTurnEvents": false, "wordTimes": false, "sampleRates": [16000]
              },
              "metadata": {
                "documentation": null, "pricing": null, "quality": "high", "typicalLatencyMs": 50, "costClass": "free", "costUnit": null
              },
              "requirements": [],
              "settingsSchema": {
                "type": "object",
                "properties": {
                  "text": { "type": "string", "description": "What is answered.", "default": "good 1" },
                  "speed": { "type": "number", "minimum": 0.5, "maximum": 2, "default": 1 }
                },
                "additionalProperties": false
              },
              "secretsSchema": {
                "type": "object",
                "properties": { "apiKey": { "type": "string", "minLength": 1, "writeOnly": true } },
                "additionalProperties": false
              },
              "plugin": { "id": "good", "version": "1.0.0" }
            }
            """)!.ToJsonString());
    }

    [Test]
    public async Task Prints_aligned_columns()
    {
        using var sandbox = new PluginSandbox();
        sandbox.Add("Good");
        sandbox.Add("ThrowsInRegister");

        var result = await CliHarness.RunAsync(sandbox.Open, "providers", "list");

        result.Output.ReplaceLineEndings("\n").Should().Be(
            """
            TYPE  KEY       NAME      RUNS  QUALITY  LATENCY  COST  PLUGIN
            stt   good-stt  Good STT  here  high     50 ms    free  good 1.0.0
            tts   good-tts  Good TTS  here  -        -        -     good 1.0.0
            llm   good-llm  Good LLM  here  -        -        -     good 1.0.0
            vad   good-vad  Good VAD  here  -        -        -     good 1.0.0

            1 rejected: "aico plugin list" says why.

            """.ReplaceLineEndings("\n"));
    }

    [Test]
    public async Task Refuses_a_kind_that_does_not_exist()
    {
        using var sandbox = new PluginSandbox();

        var result = await CliHarness.RunAsync(sandbox.Open, "providers", "list", "--type", "speech");

        result.ExitCode.Should().Be(2);
        result.Output.Should().BeEmpty();
        result.Error.Should().Be(
            $"aico: \"speech\" is no kind of provider; it is one of stt, tts, llm, vad. See \"aico providers list --help\".{Environment.NewLine}");
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Aico.Testing;
using Aico.Testing.OpenAI;

namespace Aico.Plugins.Tests.OpenAI;

/// <summary>OpenAI's own client, npm's "openai", against our fake: what it refuses or does not understand is wrong with the fake.</summary>
public class OpenAIClientTests
{
    private const string Speech = "/usr/share/pocketsphinx/test/data/cards/001.wav";

    private FakeOpenAIAudio _server = null!;
    private JsonNode _understood = null!;

    [OneTimeSetUp]
    public async Task RunClientAsync()
    {
        _server = new FakeOpenAIAudio();
        await _server.StartAsync();
        var folder = Path.Combine(TestPaths.Repository, "tests", "aimock");
        Directory.Exists(Path.Combine(folder, "node_modules", "openai")).Should().BeTrue("\"npm ci\" was run in tests/aimock");
        Assert.That(Speech, Does.Exist, "Human speech for tests is missing: apt-get install pocketsphinx-testdata.");
        using var process = Process.Start(new ProcessStartInfo("node", ["openai-audio.mjs", _server.Url + "/v1", FakeOpenAIAudio.Key, Speech])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "the client's own reason is on stderr");
        _understood = JsonNode.Parse(output)!;
    }

    [OneTimeTearDown]
    public async Task StopServerAsync() => await _server.DisposeAsync();

    [Test]
    public void Lists_the_models() => _understood["models"]!.AsArray().Select(model => model!.GetValue<string>()).Should().Equal(_server.Models);

    [Test]
    public void Understands_a_transcript()
    {
        _understood["json"]!["text"]!.GetValue<string>().Should().Be("Ten of clubs.");
        var verbose = _understood["verbose"]!;
        verbose["words"]!.AsArray().Should().HaveCount(3);
        verbose["segments"]![0]!["no_speech_prob"]!.GetValue<double>().Should().Be(0.01);
    }

    [Test]
    public void Sends_what_the_fake_knows() => _server.Messages.Should().Contain(
        "model=whisper-1 response_format=verbose_json timestamp_granularities[]=segment timestamp_granularities[]=word language=en");

    [Test]
    public void Takes_speech_as_bytes()
    {
        _understood["pcmBytes"]!.GetValue<int>().Should().Be(Aico.Testing.Vendors.FakeSpeech.Pcm("Hello there.", 24_000).Length);
        _understood["riff"]!.GetValue<string>().Should().Be("RIFF");
    }

    [TestCase("noModel", "NotFoundError", 404, "model_not_found")]
    [TestCase("noFormat", "BadRequestError", 400, "invalid_value")]
    [TestCase("noKey", "AuthenticationError", 401, "invalid_api_key")]
    [TestCase("noInstructions", "BadRequestError", 400, "invalid_value")]
    [TestCase("noVoice", "BadRequestError", 400, "invalid_value")]
    public void Recognizes_a_refusal(string attempt, string kind, int status, string code) =>
        _understood[attempt]!.ToJsonString().Should().Be($$"""{"kind":"{{kind}}","status":{{status}},"code":"{{code}}"}""");
}

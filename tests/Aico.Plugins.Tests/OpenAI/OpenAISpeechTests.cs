using System.ComponentModel.DataAnnotations;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.OpenAI;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.OpenAI;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Plugins.Tests.OpenAI;

public class OpenAISpeechTests
{
    private static readonly TextToSpeechRequest Call = new(CallIdentity.None);

    private TestProviderContext _context = null!;
    private FakeOpenAIAudio _server = null!;

    [SetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = new FakeOpenAIAudio();
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Asks_for_headerless_audio_a_sentence_at_a_time()
    {
        var spoken = await Spoken.SayAsync(Voice(), Call, "Hello there, my friend. What can I do?");

        _server.Requests.Should().Equal("POST /v1/audio/speech", "POST /v1/audio/speech");
        _server.Messages[0].Should().Be("""{"model":"gpt-4o-mini-tts","input":"Hello there, my friend. ","voice":"alloy","response_format":"pcm"}""");
        spoken.Format.SampleRate.Should().Be(24_000);
        spoken.Samples.Should().HaveCount((FakeSpeech.Pcm("Hello there, my friend. ", 24_000).Length + FakeSpeech.Pcm("What can I do?", 24_000).Length) / 2);
        _server.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task Says_how_to_speak_to_a_model_that_takes_it()
    {
        await Spoken.SayAsync(Voice(settings => settings with { Instructions = "calm", Speed = 1.25 }), Call with { Voice = "marin" }, "Yes.");
        await Spoken.SayAsync(Voice(settings => settings with { Model = "tts-1", Instructions = "calm", Voice = "voice_123" }), Call, "Yes.");

        _server.Messages.Should().Equal(
            """{"model":"gpt-4o-mini-tts","input":"Yes.","voice":"marin","response_format":"pcm","instructions":"calm","speed":1.25}""",
            """{"model":"tts-1","input":"Yes.","voice":{"id":"voice_123"},"response_format":"pcm"}""");
        _server.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task Asks_Groq_for_a_WAV_file_and_takes_its_rate()
    {
        _server.Models = ["canopylabs/orpheus-v1-english"];
        _server.Speak = (context, text) => context.Response.Body.WriteAsync(FakeSpeech.Wav(text, 48_000)).AsTask();
        using var context = new LedProviderContext(_server.Url);
        var voice = Voice(settings => settings with { BaseUrl = "https://api.groq.com/openai/v1", Model = _server.Models[0], Voice = "troy" }, context);

        (await Spoken.SayAsync(voice, Call, "Yes.")).Format.SampleRate.Should().Be(48_000);

        _server.Requests.Should().Equal("POST /openai/v1/audio/speech");
        _server.Messages.Should().ContainSingle().Which.Should().Contain("\"response_format\":\"wav\"");
    }

    [Test]
    public async Task Names_who_is_billed()
    {
        var seen = "";
        _server.Speak = (context, text) =>
        {
            seen = $"{context.Request.Headers["OpenAI-Organization"]} {context.Request.Headers["OpenAI-Project"]}";
            return context.Response.Body.WriteAsync(FakeSpeech.Pcm(text, 24_000)).AsTask();
        };

        await Spoken.SayAsync(Voice(settings => settings with { Organization = "org-1", Project = "proj-2" }), Call, "Yes.");

        seen.Should().Be("org-1 proj-2");
    }

    [TestCase(401, """{"error":{"message":"Incorrect API key provided: sk-secret-key","code":"invalid_api_key"}}""", ProviderFailure.Unauthorized, false)]
    [TestCase(404, """{"error":{"message":"The model does not exist","code":"model_not_found"}}""", ProviderFailure.InvalidRequest, false)]
    [TestCase(429, """{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}""", ProviderFailure.QuotaExceeded, false)]
    [TestCase(429, """{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""", ProviderFailure.QuotaExceeded, true)]
    [TestCase(503, "", ProviderFailure.Unavailable, false)]
    public async Task Sorts_a_refusal(int status, string body, ProviderFailure expected, bool isExhausted)
    {
        (_server.RefuseWith, _server.RefusalBody) = (status, body);
        var say = () => Spoken.SayAsync(Voice(), Call, "Hello there.");

        var error = (await say.Should().ThrowAsync<ProviderException>()).Which;

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.Message.Should().Contain($"HTTP {status}").And.NotContain(FakeOpenAIAudio.Key);
    }

    [Test]
    public async Task Refuses_JSON_where_audio_should_be()
    {
        _server.Speak = (context, _) => context.Response.WriteAsJsonAsync(new { news = "none" });
        var say = () => Spoken.SayAsync(Voice(), Call, "Hello there.");

        (await say.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [Test]
    public async Task Tests_the_key_and_warns_of_an_announced_end()
    {
        var probe = () => Voice(settings => settings with { ApiKey = new("wrong") }).ProbeAsync(default).AsTask();

        (await Voice().ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("2027-01-06");
        (await Voice(settings => settings with { Model = "gpt-6-luna" }).ProbeAsync(default)).Warnings.Should().BeEmpty();
        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
        ModelRegistry.Of(new OpenAIPlugin()).Descriptors.Should().Contain(descriptor => descriptor.Key == "openai-tts")
            .Which.EndingModels.Keys.Should().BeEquivalentTo("tts-1", "tts-1-hd", "gpt-4o-mini-tts");
    }

    [Test]
    public async Task Lists_models_and_voices()
    {
        using var context = new LedProviderContext(_server.Url);
        var vendor = Voice(settings => settings with { BaseUrl = "https://api.openai.com/v1" }, context);

        (await vendor.ListModelsAsync(default)).Select(model => model.Id).Should().Equal("tts-1", "gpt-4o-mini-tts");
        (await vendor.ListVoicesAsync(default)).Select(voice => voice.Id).Should().Contain(["alloy", "marin"]);
        (await Voice().ListVoicesAsync(default)).Should().BeEmpty("this server lists none");
    }

    [TestCase("""{"voices":["af_heart","am_adam"]}""")]
    [TestCase("""{"voices":[{"id":"af_heart","name":"Heart"},{"voice_id":"am_adam"},{}]}""")]
    [TestCase("""["af_heart","am_adam"]""")]
    public async Task Lists_the_voices_of_a_server_of_ones_own(string voices)
    {
        _server.Voices = voices;

        (await Voice().ListVoicesAsync(default)).Select(voice => voice.Id).Should().Equal("af_heart", "am_adam");
    }

    [TestCase("https://api.openai.com/v1", 1)]
    [TestCase("https://api.groq.com/openai/v1", 1)]
    [TestCase("http://127.0.0.1:8880/v1", 0)]
    public void Wants_a_key_at_the_vendors_own_servers(string baseUrl, int faults)
    {
        var settings = new OpenAISpeechSettings { BaseUrl = baseUrl };

        settings.Validate(new ValidationContext(settings)).Should().HaveCount(faults);
    }

    private OpenAITextToSpeech Voice(Func<OpenAISpeechSettings, OpenAISpeechSettings>? change = null, IProviderContext? context = null)
    {
        var settings = new OpenAISpeechSettings { BaseUrl = _server.Url + "/v1", ApiKey = new(FakeOpenAIAudio.Key) };
        return new OpenAITextToSpeech(change?.Invoke(settings) ?? settings, context ?? _context);
    }
}

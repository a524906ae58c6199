using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.OpenAI;
using Aico.Plugins.Whisper;
using Aico.Testing;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Aimock;

/// <summary>OpenAI's speech and transcription against a server that others wrote. Of a form it keeps the model, so it has read the form.</summary>
public class AimockAudioTests
{
    private static readonly Secret Key = new("key-1");
    private static readonly TextToSpeechRequest Call = new(CallIdentity.None);
    private static readonly AudioFrame Utterance = new(AudioFormat.Speech, Enumerable.Repeat((short)5000, 16_000).ToArray(), TimeSpan.Zero);

    private TestProviderContext _context = null!;
    private AimockServer _server = null!;

    [OneTimeSetUp]
    public async Task StartServerAsync()
    {
        _context = new TestProviderContext();
        _server = await AimockServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Speaks()
    {
        var spoken = await Spoken.SayAsync(Voice("gpt-4o-mini-tts"), Call, "A spoken word.");

        spoken.Format.Should().Be(new AudioFormat(24_000, 1));
        spoken.Samples.Should().HaveCount(240);
        spoken.Samples[13].Should().BeInRange(7900, 8000, "the tone's first peak is there");
        var last = await LastAsync();
        last["path"]!.GetValue<string>().Should().Be("/v1/audio/speech");
        last["body"]!["model"]!.GetValue<string>().Should().Be("gpt-4o-mini-tts");
        last["body"]!["messages"]![0]!["content"]!.GetValue<string>().Should().Be("A spoken word.");
    }

    [Test]
    public async Task Says_how_long_to_wait_when_too_much_was_spoken()
    {
        var before = (await _server.JournalAsync()).Count;
        var say = () => Spoken.SayAsync(Voice("tts-1"), Call, "ratelimit.");

        var error = (await say.Should().ThrowAsync<ProviderException>()).Which;

        (error.Failure, error.IsTransient, error.RetryAfter).Should().Be((ProviderFailure.QuotaExceeded, true, TimeSpan.FromSeconds(7)));
        (await _server.JournalAsync()).Should().HaveCount(before + 1, "only the host tries again");
    }

    [TestCase("whisper-1")]
    [TestCase("gpt-transcribe")]
    public async Task Hears(string model)
    {
        var transcript = await Whisper(model).TranscribeAsync(Utterance, new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None) { Language = "en" }, default);

        transcript.Text.Should().Be("ten of clubs");
        transcript.Language.Should().Be("en");
        transcript.Words.Select(word => word.Text).Should().Equal("ten", "of", "clubs");
        var last = await LastAsync();
        last["path"]!.GetValue<string>().Should().Be("/v1/audio/transcriptions");
        last["headers"]!["content-type"]!.GetValue<string>().Should().StartWith("multipart/form-data; boundary=").And.NotContain("\"", "some servers take quotes for a part of the boundary");
        last["body"]!["model"]!.GetValue<string>().Should().Be(model);
    }

    [Test]
    public async Task Knows_a_limit_that_no_waiting_mends()
    {
        var hear = () => Whisper("busy").TranscribeAsync(Utterance, new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None), default).AsTask();

        var error = (await hear.Should().ThrowAsync<ProviderException>()).Which;

        (error.Failure, error.IsExhausted).Should().Be((ProviderFailure.QuotaExceeded, true));
    }

    [Test]
    public async Task Refuses_a_wrong_key()
    {
        var wrong = new OpenAITextToSpeech(new OpenAISpeechSettings { BaseUrl = _server.Url + "/v1", ApiKey = new("key-2") }, _context);
        var say = () => Spoken.SayAsync(wrong, Call, "A spoken word.");

        (await say.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
    }

    private OpenAITextToSpeech Voice(string model) => new(new OpenAISpeechSettings { BaseUrl = _server.Url + "/v1", Model = model, ApiKey = Key }, _context);

    private WhisperSpeechToText Whisper(string model) => new(new WhisperSettings { BaseUrl = _server.Url + "/v1", Model = model, ApiKey = Key }, _context);

    private async Task<JsonNode> LastAsync() => (await _server.JournalAsync())[^1]!;
}

using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Piper;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Piper;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Plugins.Tests.Piper;

public class PiperTextToSpeechTests
{
    private static readonly TextToSpeechRequest Call = new(CallIdentity.None);

    private TestProviderContext _context = null!;
    private FakePiper? _server;

    [SetUp]
    public void Begin() => _context = new TestProviderContext();

    [TearDown]
    public async Task StopServerAsync()
    {
        _context.Dispose();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _server = null;
    }

    [TestCase(3, "POST /synthesize", """{"text":"Hi.","voice":"en_US-lessac-medium","speaker_id":3,"length_scale":1.2,"noise_w_scale":0.5}""")]
    [TestCase(2, "POST /", """{"text":"Hi.","voice":"en_US-lessac-medium","speaker_id":3,"length_scale":1.2,"noise_w_scale":0.5}""")]
    public async Task Speaks_the_dialect_that_it_finds_and_asks_for_it_once(int generation, string request, string body)
    {
        var speech = await StartAsync(
            generation, settings => settings with { Voice = FakePiper.Voice, SpeakerId = 3, LengthScale = 1.2, NoiseWidthScale = 0.5 });

        await Spoken.SayAsync(speech, Call, "Hi.");
        await Spoken.SayAsync(speech, Call, "Hi.");

        _server!.Requests.Should().Equal("GET /info", "GET /voices", request, request);
        _server.Messages[0].Should().Be(body);
    }

    [Test]
    public async Task Posts_the_bare_text_to_a_server_of_the_first_generation()
    {
        await Spoken.SayAsync(await StartAsync(1), Call, "Grüezi.");

        _server!.Messages.Should().Equal("Grüezi.");
    }

    [Test]
    public async Task Takes_the_rate_from_the_file()
    {
        var speech = await StartAsync(3);
        _server!.SampleRate = 16_000;

        (await Spoken.SayAsync(speech, Call, "Hello.")).Format.SampleRate.Should().Be(16_000);
    }

    [TestCase(3, "Dora", "en_US-lessac-medium")]
    [TestCase(1, "Dora", "one voice only")]
    public async Task Refuses_a_voice_that_the_server_does_not_have(int generation, string voice, string said)
    {
        var speech = await StartAsync(generation);
        var open = () => speech.OpenAsync(Call with { Voice = voice }, default).AsTask();

        var error = (await open.Should().ThrowAsync<ProviderException>()).Which;
        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain(said).And.Contain(voice);
    }

    [Test]
    public async Task Finds_a_voice_whose_listed_name_lost_its_last_letters()
    {
        await Spoken.SayAsync(await StartAsync(3), Call with { Voice = "de_DE-thorsten-minion" }, "Hallo.");

        _server!.Messages[0].Should().Contain("\"voice\":\"de_DE-thorsten-mini\"");
    }

    [Test]
    public async Task Asks_again_where_the_server_was_not_ready()
    {
        var speech = await StartAsync(2);
        _server!.RefuseWith = 503;
        var open = () => speech.OpenAsync(Call, default).AsTask();
        (await open.Should().ThrowAsync<ProviderException>()).Which.IsTransient.Should().BeTrue();
        _server.RefuseWith = 0;

        (await Spoken.SayAsync(speech, Call, "Hello.")).Loudness.Should().BeGreaterThan(200);
    }

    [Test]
    public async Task Takes_a_text_that_cannot_be_spoken_for_a_bad_request() =>
        (await FailAsync((context, _) =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("<html>Internal Server Error</html>");
        })).Failure.Should().Be(ProviderFailure.InvalidRequest);

    [Test]
    public async Task Refuses_what_is_no_WAV_file() =>
        (await FailAsync((context, text) => context.Response.Body.WriteAsync(FakeSpeech.Pcm(text, 16_000)).AsTask()))
            .Failure.Should().Be(ProviderFailure.ProtocolError);

    [Test]
    public async Task Refuses_a_file_that_ends_in_its_head() =>
        (await FailAsync((context, text) => context.Response.Body.WriteAsync(FakeSpeech.Wav(text, 16_000).AsMemory(0, 30)).AsTask()))
            .Failure.Should().Be(ProviderFailure.ProtocolError);

    [Test]
    public async Task Lists_voices_and_warns_of_one_that_is_missing()
    {
        var speech = await StartAsync(3, settings => settings with { Voice = "Dora" });

        (await speech.ListVoicesAsync(default))[0].Should().BeEquivalentTo(new { Id = FakePiper.Voice, Languages = new[] { "en-US" } });
        (await speech.ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("Dora");
    }

    private async Task<PiperTextToSpeech> StartAsync(int generation, Func<PiperSettings, PiperSettings>? change = null)
    {
        _server = new FakePiper(generation);
        await _server.StartAsync();
        var settings = new PiperSettings { BaseUrl = _server.Url };
        return new PiperTextToSpeech(change?.Invoke(settings) ?? settings, _context);
    }

    private async Task<ProviderException> FailAsync(Func<HttpContext, string, Task> speak)
    {
        var speech = await StartAsync(3);
        _server!.Speak = speak;
        var say = () => Spoken.SayAsync(speech, Call, "Hello there.");
        return (await say.Should().ThrowAsync<ProviderException>()).Which;
    }
}

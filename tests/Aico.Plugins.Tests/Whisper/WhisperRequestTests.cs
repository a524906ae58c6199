using System.Runtime.InteropServices;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Whisper;
using Aico.Testing.OpenAI;
using Aico.Testing.Vendors;
using Aico.Testing.Whisper;

namespace Aico.Plugins.Tests.Whisper;

/// <summary>What is sent where.</summary>
public class WhisperRequestTests : WhisperTest
{
    [Test]
    public async Task Asks_OpenAIs_whisper_for_everything_that_it_tells()
    {
        var server = await StartAsync(new FakeOpenAIAudio());
        var whisper = Whisper(settings => settings with { Model = "whisper-1", Prompt = "Garage Meier.", Temperature = 0.2 });

        await HearAsync(whisper, Request with { Language = "de-CH", Keyterms = ["Zürich", "Cabrio"] });

        server.Messages.Should().Equal(
            "model=whisper-1 response_format=verbose_json timestamp_granularities[]=segment timestamp_granularities[]=word language=de prompt=Garage Meier. Zürich, Cabrio temperature=0.2");
        server.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task Asks_a_model_that_tells_the_text_alone_for_no_more()
    {
        var server = await StartAsync(new FakeOpenAIAudio());

        (await HearAsync(Whisper(settings => settings with { Model = "gpt-transcribe" }), Request with { Keyterms = ["Zürich", "Cabrio"] })).Text.Should().Be("Ten of clubs.");
        await HearAsync(Whisper(settings => settings with { Model = "gpt-4o-mini-transcribe" }), Request with { Keyterms = ["Cabrio"] });

        server.Messages.Should().Equal(
            "model=gpt-transcribe response_format=json keywords[]=Zürich keywords[]=Cabrio", "model=gpt-4o-mini-transcribe response_format=json prompt=Cabrio");
        server.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task Asks_whisper_cpp_in_its_own_way_and_which_server_it_is_only_once()
    {
        var server = await StartAsync(new FakeWhisperCpp());
        var whisper = Whisper(settings => settings with { Model = "base.en" });

        await HearAsync(whisper);
        await HearAsync(whisper, Request with { Language = "nb-NO" });

        server.Requests.Should().Equal("GET /v1/models", "GET /v1/models", "OPTIONS /inference", "POST /inference", "POST /inference");
        server.Messages.Should().Equal(
            "response_format=verbose_json no_language_probabilities=true language=auto", "response_format=verbose_json no_language_probabilities=true language=no");
    }

    [TestCase("/v1", "/inference")]
    [TestCase("", "/v1/audio/transcriptions")]
    [TestCase("/v1/", "/v1/audio/transcriptions")]
    public async Task Finds_whisper_cpp_behind_a_proxy_and_where_it_was_moved(string below, string inference)
    {
        var server = await StartAsync(new FakeWhisperCpp { NamesItself = false, InferencePath = inference });

        (await HearAsync(Whisper(settings => settings with { BaseUrl = server.Url + below }))).Text.Should().Be("Ten of clubs.");

        server.Requests[^1].Should().Be("POST " + inference);
    }

    [Test]
    public async Task Asks_nothing_before_where_the_settings_say_it_all()
    {
        var openAI = await StartAsync(new FakeOpenAIAudio());
        await HearAsync(Whisper(settings => settings with { Dialect = WhisperDialect.OpenAI, Model = "whisper-1", WordTimes = false, ResponseFormat = WhisperFormat.Json }));

        openAI.Requests.Should().Equal("POST /v1/audio/transcriptions");
        openAI.Messages.Should().Equal("model=whisper-1 response_format=json");
    }

    [Test]
    public async Task Takes_a_path_from_the_settings()
    {
        var server = await StartAsync(new FakeWhisperCpp { InferencePath = "/asr/hear" });

        await HearAsync(Whisper(settings => settings with { Dialect = WhisperDialect.WhisperCpp, Path = "/asr/hear" }));

        server.Requests.Should().Equal("POST /asr/hear");
    }

    [Test]
    public async Task Takes_the_only_model_of_a_server_and_asks_which_of_several()
    {
        var server = await StartAsync(new FakeOpenAIAudio { Models = ["Systran/faster-whisper-small"] });
        await HearAsync(Whisper());
        server.Models = ["Systran/faster-whisper-small", "Systran/faster-whisper-base"];
        var error = await FailAsync(Whisper());

        server.Messages[0].Should().StartWith("model=Systran/faster-whisper-small response_format=verbose_json");
        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain("No model is set").And.Contain("Systran/faster-whisper-base");
    }

    [TestCase("https://api.openai.com", "model=gpt-transcribe response_format=json", "POST /v1/audio/transcriptions")]
    [TestCase("https://api.groq.com/openai/v1", "model=whisper-large-v3-turbo response_format=verbose_json", "POST /openai/v1/audio/transcriptions")]
    public async Task Knows_the_vendors_without_asking(string baseUrl, string form, string request)
    {
        var server = await StartAsync(new FakeOpenAIAudio { Models = ["gpt-transcribe", "whisper-large-v3-turbo"] });
        using var context = new LedProviderContext(server.Url);

        await Whisper(settings => settings with { BaseUrl = baseUrl }, context).TranscribeAsync(Utterance, Request, default);

        server.Requests.Should().Equal(request);
        server.Messages.Should().ContainSingle().Which.Should().StartWith(form);
    }

    [Test]
    public async Task Sends_nothing_that_holds_no_speech()
    {
        var server = await StartAsync(new FakeOpenAIAudio());
        var whisper = Whisper(settings => settings with { Model = "whisper-1" });
        short[] hum = [.. Enumerable.Range(0, 16_000).Select(i => (short)(i % 2 == 0 ? 33 : -33))];

        (await whisper.TranscribeAsync(Utterance with { Samples = hum }, Request, default)).Text.Should().BeEmpty();
        (await whisper.TranscribeAsync(Utterance with { Samples = Utterance.Samples[..1599] }, Request, default)).Text.Should().BeEmpty();
        server.Requests.Should().BeEmpty();
        hum[500] = 34;
        await whisper.TranscribeAsync(Utterance with { Samples = hum }, Request, default);

        server.Messages.Should().ContainSingle("that one is loud enough to be somebody far away");
    }

    [Test]
    public async Task Says_the_rate_of_the_audio_in_the_file()
    {
        FakeUtterance? sent = null;
        var server = new FakeOpenAIAudio();
        server.Transcribe = async context =>
        {
            sent = await FakeUtterance.ReadAsync(context, server);
            await context.Response.Body.WriteAsync("""{"text":"Yes."}"""u8.ToArray());
        };
        await StartAsync(server);

        await Whisper(settings => settings with { Model = "whisper-1" }).TranscribeAsync(Utterance with { Format = new AudioFormat(8_000, 1) }, Request, default);

        sent!.IsWav.Should().BeTrue();
        sent.SampleRate.Should().Be(8_000);
        sent.File.AsSpan(44).SequenceEqual(MemoryMarshal.AsBytes(Utterance.Samples.Span)).Should().BeTrue();
    }
}

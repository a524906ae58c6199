using System.ComponentModel.DataAnnotations;
using Aico.Abstractions;
using Aico.Plugins.Tests.LanguageModels;
using Aico.Plugins.Whisper;
using Aico.Testing.OpenAI;
using Aico.Testing.Vendors;
using Aico.Testing.Whisper;

namespace Aico.Plugins.Tests.Whisper;

/// <summary>Failures, and the answers that a person gets before a call.</summary>
public class WhisperErrorTests : WhisperTest
{
    [TestCase(400, "{}", ProviderFailure.InvalidRequest, false)]
    [TestCase(401, """{"error":{"message":"Incorrect API key provided: sk-secret-key","code":"invalid_api_key"}}""", ProviderFailure.Unauthorized, false)]
    [TestCase(402, "{}", ProviderFailure.QuotaExceeded, true)]
    [TestCase(403, "{}", ProviderFailure.Unauthorized, false)]
    [TestCase(404, """{"detail":"Model 'small' is not installed locally."}""", ProviderFailure.InvalidRequest, false)]
    [TestCase(408, "", ProviderFailure.TimedOut, false)]
    [TestCase(413, "", ProviderFailure.InvalidRequest, false)]
    [TestCase(422, """{"detail":[{"loc":["body","model"],"msg":"Field required"}]}""", ProviderFailure.InvalidRequest, false)]
    [TestCase(429, """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""", ProviderFailure.QuotaExceeded, false)]
    [TestCase(429, """{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}""", ProviderFailure.QuotaExceeded, true)]
    [TestCase(429, """{"error":{"message":"No.","type":"x","code":"billing_hard_limit_reached"}}""", ProviderFailure.QuotaExceeded, true)]
    [TestCase(498, """{"error":{"message":"Flex tier capacity exceeded","type":"capacity"}}""", ProviderFailure.QuotaExceeded, false)]
    [TestCase(500, "", ProviderFailure.Unavailable, false)]
    [TestCase(503, """{"status":"loading model"}""", ProviderFailure.Unavailable, false)]
    public async Task Sorts_a_refusal(int status, string body, ProviderFailure expected, bool isExhausted)
    {
        var server = await StartAsync(new FakeOpenAIAudio());
        (server.RefuseWith, server.RefusalBody) = (status, body);
        server.RefusalHeaders["Retry-After"] = "7";

        var error = await FailAsync(Whisper(settings => settings with { Model = "small", Dialect = WhisperDialect.OpenAI }));

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
        error.Message.Should().Contain($"HTTP {status}").And.NotContain(FakeOpenAIAudio.Key);
    }

    [Test]
    public async Task Says_which_model_is_missing_and_asks_the_server_anew()
    {
        var server = await StartAsync(new FakeOpenAIAudio());
        var whisper = Whisper(settings => settings with { Model = "whisper-9" });

        var error = await FailAsync(whisper);
        await FailAsync(whisper);

        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain("whisper-9").And.Contain("has the model");
        server.Requests.Should().Equal("GET /v1/models", "POST /v1/audio/transcriptions", "GET /v1/models", "POST /v1/audio/transcriptions");
    }

    [Test]
    public async Task Reads_an_error_inside_an_answer_that_says_200()
    {
        await StartAsync(new FakeOpenAIAudio
        {
            Transcribe = context => context.Response.Body.WriteAsync("""{"error":{"message":"failed to process audio"}}"""u8.ToArray()).AsTask(),
        });

        (await FailAsync(Whisper(settings => settings with { Model = "whisper-1" }))).Message.Should().Contain("failed to process audio");
    }

    [Test]
    public async Task Explains_the_two_words_of_whisper_cpp()
    {
        var server = await StartAsync(new FakeWhisperCpp());
        (server.RefuseWith, server.RefusalBody) = (400, "Invalid request");

        var error = await FailAsync(Whisper(settings => settings with { Dialect = WhisperDialect.WhisperCpp, Path = "/inference" }));

        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain("its log says why");
    }

    [Test]
    public async Task Asks_again_where_the_server_was_not_ready()
    {
        var server = await StartAsync(new FakeWhisperCpp { RefuseWith = 503 });
        var whisper = Whisper();
        (await FailAsync(whisper)).IsTransient.Should().BeTrue();
        server.RefuseWith = 0;

        (await HearAsync(whisper)).Text.Should().Be("Ten of clubs.");
    }

    [Test]
    public async Task Takes_an_answer_that_is_cut_for_unavailable()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = await StartAsync(new FakeOpenAIAudio
        {
            Transcribe = async context =>
            {
                await context.Response.Body.WriteAsync("""{"text":"Ten"""u8.ToArray());
                await context.Response.Body.FlushAsync();
                await answered.Task;
                context.Abort();
            },
        });
        using var led = new LedProviderContext(server.Url) { Answered = () => answered.TrySetResult() };

        var error = await FailAsync(Whisper(settings => settings with { Model = "whisper-1", Dialect = WhisperDialect.OpenAI }, led));

        error.Failure.Should().Be(ProviderFailure.Unavailable);
        error.Message.Should().Contain("broke off");
    }

    [Test]
    public async Task Says_that_a_server_is_not_there()
    {
        await StartAsync(new FakeOpenAIAudio());

        (await FailAsync(Whisper(settings => settings with { BaseUrl = "http://127.0.0.1:1" }))).Failure.Should().Be(ProviderFailure.Unavailable);
        (await FailAsync(Whisper(settings => settings with { BaseUrl = "whisper" }))).Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Tests_a_key_and_lists_models()
    {
        var server = await StartAsync(new FakeOpenAIAudio());
        using var context = new LedProviderContext(server.Url);
        var probe = () => Whisper(settings => settings with { ApiKey = new("wrong") }).ProbeAsync(default).AsTask();

        (await Whisper(settings => settings with { Model = "gpt-transcribe" }).ProbeAsync(default)).Warnings.Should().BeEmpty();
        (await Whisper(settings => settings with { Model = "whisper-1" }).ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("2027-02-26");
        (await Whisper(settings => settings with { Model = "whisper-9" }).ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("does not list");
        (await Whisper().ListModelsAsync(default)).Should().HaveCount(7, "names say nothing at a server of one's own");
        (await Whisper(settings => settings with { BaseUrl = "https://api.openai.com/v1" }, context).ListModelsAsync(default))
            .Select(model => model.Id).Should().Equal("whisper-1", "gpt-4o-mini-transcribe", "gpt-transcribe");
        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
    }

    [Test]
    public async Task Tests_whisper_cpp()
    {
        var server = await StartAsync(new FakeWhisperCpp());

        (await Whisper().ProbeAsync(default)).Should().BeEquivalentTo(new { Summary = "The whisper.cpp server answers and has its model loaded.", Warnings = Array.Empty<string>() });
        (await Whisper().ListModelsAsync(default)).Should().BeEmpty();
        server.IsLoading = true;
        (await Whisper().ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("loading");
        server.RefuseWith = 503;
        var probe = () => Whisper().ProbeAsync(default).AsTask();
        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [TestCase("https://api.openai.com/v1", true)]
    [TestCase("https://eu.api.openai.com/v1", true)]
    [TestCase("https://api.groq.com/openai/v1", true)]
    [TestCase("https://notopenai.com/v1", false)]
    [TestCase("http://127.0.0.1:8080", false)]
    public void Wants_a_key_at_the_vendors_own_servers(string baseUrl, bool isNeeded)
    {
        var settings = new WhisperSettings { BaseUrl = baseUrl };

        settings.Validate(new ValidationContext(settings)).Should().HaveCount(isNeeded ? 1 : 0);
        (settings with { ApiKey = new("k") }).Validate(new ValidationContext(settings)).Should().BeEmpty();
    }

    [Test]
    public void Describes_itself() => ModelRegistry.Of(new WhisperPlugin()).Descriptors.Should().ContainSingle(descriptor => descriptor.Key == "whisper")
        .Which.EndingModels.Should().ContainKey("whisper-1").And.NotContainKey("gpt-transcribe");
}

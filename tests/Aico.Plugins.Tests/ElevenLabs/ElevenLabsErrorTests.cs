using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Testing.Conformance;
using Aico.Testing.ElevenLabs;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.ElevenLabs;

public class ElevenLabsErrorTests : ElevenLabsTest
{
    [TestCase(400, "max_character_limit_exceeded", ProviderFailure.InvalidRequest, false)]
    [TestCase(401, "invalid_api_key", ProviderFailure.Unauthorized, false)]
    [TestCase(401, "missing_permissions", ProviderFailure.Unauthorized, false)]
    [TestCase(401, "quota_exceeded", ProviderFailure.QuotaExceeded, true)]
    [TestCase(401, "voice_not_found", ProviderFailure.InvalidRequest, false)]
    [TestCase(403, "only_for_creator+", ProviderFailure.Unauthorized, false)]
    [TestCase(404, "voice_not_found", ProviderFailure.InvalidRequest, false)]
    [TestCase(429, "too_many_concurrent_requests", ProviderFailure.QuotaExceeded, false)]
    [TestCase(429, "system_busy", ProviderFailure.Unavailable, false)]
    [TestCase(500, "internal_server_error", ProviderFailure.Unavailable, false)]
    [TestCase(503, "", ProviderFailure.Unavailable, false)]
    public async Task Sorts_a_refused_request(int status, string code, ProviderFailure expected, bool isExhausted)
    {
        Server.RefuseWith = status;
        Server.RefusalBody = $$$"""{"detail":{"status":"{{{code}}}","message":"some words about {{{FakeElevenLabs.Key}}}"}}""";
        Server.RefusalHeaders["Retry-After"] = "7";
        var say = () => Spoken.SayAsync(Voice(Http), Call, "Hello there.");

        var error = (await say.Should().ThrowAsync<ProviderException>()).Which;

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.Message.Should().Contain("some words").And.NotContain(FakeElevenLabs.Key);
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Test]
    public async Task Reads_a_list_of_what_is_invalid()
    {
        Server.RefuseWith = 422;
        Server.RefusalBody = """{"detail":[{"loc":["body","seed"],"msg":"Input should be less than 4294967296","type":"less_than"}]}""";
        var say = () => Spoken.SayAsync(Voice(Http), Call, "Hello there.");

        var error = (await say.Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().Contain("less than 4294967296");
    }

    [TestCase(401, ProviderFailure.Unauthorized)]
    [TestCase(403, ProviderFailure.Unauthorized)]
    [TestCase(404, ProviderFailure.InvalidRequest)]
    [TestCase(429, ProviderFailure.QuotaExceeded)]
    [TestCase(500, ProviderFailure.Unavailable)]
    public async Task Sorts_a_refused_socket(int status, ProviderFailure expected)
    {
        Server.RefuseWith = status;

        var error = (await Voice().Awaiting(voice => voice.OpenAsync(Call, default).AsTask()).Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(expected);
        error.Message.Should().Contain($"HTTP {status}");
    }

    [TestCase("quota_exceeded", ProviderFailure.QuotaExceeded, true)]
    [TestCase("invalid_api_key", ProviderFailure.Unauthorized, false)]
    [TestCase("voice_id_does_not_exist", ProviderFailure.InvalidRequest, false)]
    [TestCase("input_timeout_exceeded", ProviderFailure.Unavailable, false)]
    public async Task Sorts_an_error_that_comes_before_the_close(string code, ProviderFailure expected, bool isExhausted)
    {
        var error = await FailAsync(async socket =>
        {
            await socket.SayAsync($$"""{"message":"some words","error":"{{code}}","code":1008}""");
            await socket.CloseAsync(1008, "some other words");
        });

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.Message.Should().Contain("some words");
    }

    [TestCase(1008, "quota_exceeded", ProviderFailure.QuotaExceeded)]
    [TestCase(1008, "policy", ProviderFailure.InvalidRequest)]
    [TestCase(1009, "", ProviderFailure.InvalidRequest)]
    [TestCase(1011, "", ProviderFailure.Unavailable)]
    [TestCase(1000, "", ProviderFailure.Unavailable)]
    public async Task Sorts_a_close(int status, string reason, ProviderFailure expected) =>
        (await FailAsync(socket => socket.CloseAsync(status, reason))).Failure.Should().Be(expected);

    [Test]
    public async Task Takes_a_connection_that_is_cut_for_unavailable() => (await FailAsync(socket =>
    {
        socket.Cut();
        return Task.CompletedTask;
    })).Failure.Should().Be(ProviderFailure.Unavailable);

    [TestCase("no JSON")]
    [TestCase("[]")]
    [TestCase("""{"audio":"no base64!"}""")]
    [TestCase("""{"audio":"AAAA","alignment":{"chars":[7],"charStartTimesMs":["x"]}}""")]
    public async Task Takes_garbage_for_a_broken_protocol(string message) =>
        (await FailAsync(socket => socket.SayAsync(message))).Failure.Should().Be(ProviderFailure.ProtocolError);

    [Test]
    public async Task Takes_speech_that_ends_before_its_text_for_unavailable() =>
        (await FailAsync(socket => socket.SayAsync("""{"isFinal":true}"""))).Failure.Should().Be(ProviderFailure.Unavailable);

    [Test]
    public async Task Accepts_a_good_key_and_refuses_another()
    {
        (await Voice().ProbeAsync(default)).Warnings.Should().BeEmpty();
        (await Voice(Settings with { Model = "eleven_flash_v9", Voice = "nobody" }).ProbeAsync(default)).Warnings.Should().HaveCount(2)
            .And.Contain(warning => warning.Contains("eleven_flash_v9")).And.Contain(warning => warning.Contains("nobody"));
        var probe = () => Voice(Settings with { ApiKey = new Secret("wrong") }).ProbeAsync(default).AsTask();

        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
    }

    [Test]
    public async Task Accepts_a_key_that_may_do_nothing_but_speak()
    {
        Server.IsRestricted = true;

        (await Voice().ProbeAsync(default)).Warnings.Should().BeEmpty();
    }

    [Test]
    public async Task Lists_models_that_speak_and_voices_of_every_page()
    {
        var model = (await Voice().ListModelsAsync(default)).Should().ContainSingle().Subject;
        var voices = await Voice().ListVoicesAsync(default);

        (model.Id, model.DisplayName).Should().Be(("eleven_flash_v2_5", "Eleven Flash v2.5"));
        model.Languages.Should().Equal("en", "de");
        voices.Select(voice => voice.Id).Should().Equal(FakeElevenLabs.Voice, "other-voice");
        voices[0].Description.Should().Be("premade, male, middle_aged, british");
        Server.Requests[^1].Should().Be("GET /v2/voices?page_size=100&next_page_token=second");
    }

    [Test]
    public async Task Speaks_a_sentence_with_one_request_over_HTTP()
    {
        await Spoken.SayAsync(Voice(Http with { Model = "eleven_v3", Speed = 0.9, Seed = 3 }), Call with { Language = "en-US" }, "Hi.");

        Server.Requests.Should().Equal($"POST /v1/text-to-speech/{FakeElevenLabs.Voice}/stream?output_format=pcm_24000");
        Server.Messages.Should().Equal(
            """{"text":"Hi.","model_id":"eleven_v3","language_code":"en","voice_settings":{"speed":0.9},"seed":3,"apply_text_normalization":"auto"}""");
    }

    private async Task<ProviderException> FailAsync(Func<FakeSocket, Task> fail)
    {
        Server.Speak = async socket =>
        {
            await socket.ReceiveAsync();
            await fail(socket);
            await socket.GoneAsync();
        };
        await using var session = await Voice().OpenAsync(Call, default);
        await session.SendAsync("Hello there.", default);
        await session.FlushAsync(default);
        var read = () => session.ReadAsync(default).ToListAsync().AsTask();
        return (await Bounded.Within(read.Should().ThrowAsync<ProviderException>(), "The fault")).Which;
    }
}

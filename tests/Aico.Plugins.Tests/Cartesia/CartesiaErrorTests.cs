using Aico.Abstractions;
using Aico.Plugins.Cartesia;
using Aico.Plugins.Tests.Onnx;
using Aico.Testing.Cartesia;
using Aico.Testing.Conformance;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.Cartesia;

public class CartesiaErrorTests : CartesiaTest
{
    [TestCase(400, "invalid_request", ProviderFailure.InvalidRequest, false)]
    [TestCase(401, "unauthorized", ProviderFailure.Unauthorized, false)]
    [TestCase(402, "plan_upgrade_required", ProviderFailure.QuotaExceeded, true)]
    [TestCase(403, "forbidden", ProviderFailure.Unauthorized, false)]
    [TestCase(403, "quota_exceeded", ProviderFailure.QuotaExceeded, true)]
    [TestCase(404, "voice_not_found", ProviderFailure.InvalidRequest, false)]
    [TestCase(429, "concurrency_limited", ProviderFailure.QuotaExceeded, false)]
    [TestCase(429, "quota_exceeded", ProviderFailure.QuotaExceeded, true)]
    [TestCase(500, "internal", ProviderFailure.Unavailable, false)]
    public async Task Sorts_an_error_of_a_context(int status, string code, ProviderFailure expected, bool isExhausted)
    {
        var error = await FailAsync($$"""
            {"type":"error","done":true,"status_code":{{status}},"error_code":"{{code}}","title":"T","message":"some words about {{FakeCartesia.Key}}","request_id":"r"}
            """);

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.Message.Should().Contain("some words").And.NotContain(FakeCartesia.Key);
    }

    [TestCase("Quota exceeded: No credits are left.", 400, ProviderFailure.QuotaExceeded, true)]
    [TestCase("Too many concurrent requests: Wait.", 400, ProviderFailure.QuotaExceeded, false)]
    [TestCase("Model sunset: This one is gone.", 500, ProviderFailure.InvalidRequest, false)]
    [TestCase("Invalid voice: There is none.", 404, ProviderFailure.InvalidRequest, false)]
    public async Task Sorts_the_words_of_versions_without_codes(string words, int status, ProviderFailure expected, bool isExhausted)
    {
        var error = await FailAsync($$"""{"type":"error","done":true,"status_code":{{status}},"error":"{{words}}"}""");

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.Message.Should().Contain(words.Split(':')[0]);
    }

    [TestCase(401, """{"error_code":"unauthorized","title":"Unauthorized","message":"some words","request_id":"r"}""", ProviderFailure.Unauthorized)]
    [TestCase(429, """{"error_code":"concurrency_limited","title":"T","message":"some words","request_id":"r"}""", ProviderFailure.QuotaExceeded)]
    [TestCase(400, "Invalid: some words", ProviderFailure.InvalidRequest)]
    [TestCase(503, "some words", ProviderFailure.Unavailable)]
    public async Task Sorts_a_refused_request(int status, string body, ProviderFailure expected)
    {
        (Server.RefuseWith, Server.RefusalBody) = (status, body);
        var list = () => Voice().ListVoicesAsync(default).AsTask();

        var error = (await list.Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(expected);
        error.Message.Should().Contain("some words");
    }

    [TestCase("2025-04-16")]
    [TestCase("2026-03-01")]
    public async Task Names_a_model_that_is_there_where_one_is_gone(string version)
    {
        var say = () => Spoken.SayAsync(Voice(Settings with { Model = "sonic-2", ApiVersion = version }), Call, "Hello.");

        var error = (await say.Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().EndWith("set the model to sonic-3.5.");
    }

    [Test]
    public void Announces_the_end_of_models_but_not_of_its_default()
    {
        var registry = new RecordingRegistry();

        new CartesiaPlugin().Register(registry);

        registry.Descriptor!.EndingModels.Should().ContainKeys("sonic-2", "sonic-turbo").And.NotContainKey(new CartesiaSettings().Model);
    }

    [TestCase(401, ProviderFailure.Unauthorized)]
    [TestCase(402, ProviderFailure.QuotaExceeded)]
    [TestCase(429, ProviderFailure.QuotaExceeded)]
    [TestCase(500, ProviderFailure.Unavailable)]
    public async Task Sorts_a_refused_socket(int status, ProviderFailure expected)
    {
        Server.RefuseWith = status;

        var error = (await Voice().Awaiting(voice => voice.OpenAsync(Call, default).AsTask()).Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(expected);
    }

    [TestCase("no JSON")]
    [TestCase("""{"type":"chunk"}""")]
    [TestCase("""{"type":"chunk","data":"no base64!"}""")]
    [TestCase("""{"type":"timestamps","word_timestamps":{"words":["a"],"start":["x"]}}""")]
    public async Task Takes_garbage_for_a_broken_protocol(string message) => (await FailAsync(message)).Failure.Should().Be(ProviderFailure.ProtocolError);

    [TestCase(1000, ProviderFailure.Unavailable)]
    [TestCase(1008, ProviderFailure.InvalidRequest)]
    public async Task Sorts_a_close(int status, ProviderFailure expected) => (await FailAsync(socket => socket.CloseAsync(status))).Failure.Should().Be(expected);

    private Task<ProviderException> FailAsync(string message) => FailAsync(socket => socket.SayAsync(message));

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

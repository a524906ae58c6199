using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.Deepgram;

public class DeepgramErrorTests : DeepgramTest
{
    [TestCase(400, ProviderFailure.InvalidRequest, false)]
    [TestCase(401, ProviderFailure.Unauthorized, false)]
    [TestCase(402, ProviderFailure.QuotaExceeded, true)]
    [TestCase(403, ProviderFailure.Unauthorized, false)]
    [TestCase(404, ProviderFailure.InvalidRequest, false)]
    [TestCase(408, ProviderFailure.TimedOut, false)]
    [TestCase(429, ProviderFailure.QuotaExceeded, false)]
    [TestCase(500, ProviderFailure.Unavailable, false)]
    [TestCase(503, ProviderFailure.Unavailable, false)]
    public async Task Sorts_a_refused_connection(int status, ProviderFailure expected, bool isExhausted)
    {
        Server.RefuseWith = status;
        Server.RefusalHeaders["dg-error"] = "some reason";
        Server.RefusalHeaders["Retry-After"] = "7";

        var error = (await Listener().Awaiting(l => l.OpenAsync(Request, default).AsTask()).Should().ThrowAsync<ProviderException>()).Which;

        (error.Failure, error.IsExhausted).Should().Be((expected, isExhausted));
        error.Message.Should().Contain($"HTTP {status}").And.Contain("some reason").And.NotContain(FakeDeepgram.Key);
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
    }

    [Test]
    public async Task Knows_a_used_up_credit_by_the_code_of_a_refused_connection()
    {
        (Server.RefuseWith, Server.RefusalHeaders["dg-error"]) = (429, "ASR_PAYMENT_REQUIRED");

        var error = (await Listener().Awaiting(l => l.OpenAsync(Request, default).AsTask()).Should().ThrowAsync<ProviderException>()).Which;

        (error.Failure, error.IsExhausted).Should().Be((ProviderFailure.QuotaExceeded, true));
    }

    [TestCase(1011, "NET-0001", ProviderFailure.Unavailable)]
    [TestCase(1008, "DATA-0000", ProviderFailure.InvalidRequest)]
    [TestCase(1000, "bye", ProviderFailure.Unavailable)]
    public async Task Sorts_a_close(int status, string reason, ProviderFailure expected)
    {
        var error = await FailAsync(socket => socket.CloseAsync(status, reason));

        error.Failure.Should().Be(expected);
        error.Message.Should().Contain(reason);
    }

    [Test]
    public async Task Takes_a_connection_that_is_cut_for_unavailable()
    {
        var error = await FailAsync(socket =>
        {
            socket.Cut();
            return Task.CompletedTask;
        });

        error.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [TestCase("no JSON")]
    [TestCase("[]")]
    [TestCase("""{"type":"Results"}""")]
    [TestCase("""{"type":"Results","start":0,"duration":1,"channel":{"alternatives":[]}}""")]
    [TestCase("""{"type":"Results","start":"0","duration":1,"channel":{"alternatives":[{"transcript":7}]}}""")]
    public async Task Takes_garbage_for_a_broken_protocol(string message)
    {
        var error = await FailAsync(socket => socket.SayAsync(message));

        error.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [Test]
    public async Task Refuses_a_message_without_an_end()
    {
        var error = await FailAsync(socket => socket.SayInPiecesAsync(new string(' ', 10_000_000), 1_000_000));

        error.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [Test]
    public async Task Says_that_a_server_is_not_there()
    {
        var settings = Settings with { BaseUrl = "http://127.0.0.1:1" };

        var error = (await Listener(settings).Awaiting(l => l.OpenAsync(Request, default).AsTask()).Should().ThrowAsync<ProviderException>()).Which;

        error.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public async Task Accepts_a_good_key_and_refuses_another()
    {
        (await Listener().ProbeAsync(default)).Warnings.Should().BeEmpty();
        (await Listener(Settings with { Model = "nova-9" }).ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("nova-9");
        var probe = () => Listener(Settings with { ApiKey = new Secret("wrong") }).ProbeAsync(default).AsTask();

        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
    }

    [Test]
    public async Task Lists_models_and_voices()
    {
        (await Listener().ListModelsAsync(default)).Should().ContainSingle().Which.Id.Should().Be("nova-3-general");
        var voice = (await Voice().ListVoicesAsync(default)).Should().ContainSingle().Subject;

        voice.Id.Should().Be("aura-2-thalia-en");
        voice.Description.Should().Be("American, Adult, feminine");
        (await Voice().ProbeAsync(default)).Warnings.Should().BeEmpty();
    }

    private async Task<ProviderException> FailAsync(Func<FakeSocket, Task> fail)
    {
        Server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            await fail(socket);
            await socket.GoneAsync();
        };
        await using var session = await Listener().OpenAsync(Request, default);
        await session.SendAsync(new AudioFrame(AudioFormat.Speech, new short[640], TimeSpan.Zero), default);
        var read = () => session.ReadAsync(default).ToListAsync().AsTask();
        return (await Bounded.Within(read.Should().ThrowAsync<ProviderException>(), "The fault")).Which;
    }
}

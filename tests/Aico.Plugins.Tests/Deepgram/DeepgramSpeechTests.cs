using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Plugins.Tests.Deepgram;

public class DeepgramSpeechTests : DeepgramTest
{
    private static readonly TextToSpeechRequest Call = new(CallIdentity.None);

    [Test]
    public async Task Asks_for_headerless_audio_of_the_voice()
    {
        await Spoken.SayAsync(Voice(), Call with { Voice = "aura-2-celeste-es" }, "Hola.");

        Server.Requests.Should().Equal("POST /v1/speak?model=aura-2-celeste-es&encoding=linear16&container=none&sample_rate=24000");
        Server.Messages.Should().Equal("""{"text":"Hola."}""");
    }

    [Test]
    public async Task Steps_over_the_head_of_a_WAV_file()
    {
        Server.Speak = (context, text) => context.Response.Body.WriteAsync(FakeSpeech.Wav(text, 24_000)).AsTask();

        (await Spoken.SayAsync(Voice(), Call, "Hello.")).Samples.Should().HaveCount(FakeSpeech.Pcm("Hello.", 24_000).Length / 2);
    }

    [Test]
    public async Task Refuses_audio_of_another_rate() => (await FailAsync(
        (context, text) => context.Response.Body.WriteAsync(FakeSpeech.Wav(text, 16_000)).AsTask())).Message.Should().Contain("16000 Hz");

    [Test]
    public async Task Refuses_an_answer_without_audio() => (await FailAsync((_, _) => Task.CompletedTask)).Failure.Should().Be(ProviderFailure.ProtocolError);

    [Test]
    public async Task Refuses_JSON_where_audio_should_be() =>
        (await FailAsync((context, _) => context.Response.WriteAsJsonAsync(new { news = "none" }))).Failure.Should().Be(ProviderFailure.ProtocolError);

    [Test]
    public async Task Takes_speech_that_is_cut_for_unavailable()
    {
        var heard = new TaskCompletionSource();
        Server.Speak = async (context, text) =>
        {
            await context.Response.Body.WriteAsync(FakeSpeech.Pcm(text, 24_000).AsMemory(0, 4000));
            await context.Response.Body.FlushAsync();
            await heard.Task;
            context.Abort();
        };
        await using var session = await Voice().OpenAsync(Call, default);
        await session.SendAsync("Hello there.", default);
        await session.CompleteAsync(default);
        await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();
        (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk")).Should().BeTrue();
        heard.SetResult();
        var rest = async () =>
        {
            while (await chunks.MoveNextAsync())
            {
            }
        };

        var error = (await Bounded.Within(rest.Should().ThrowAsync<ProviderException>(), "The rest")).Which;
        error.Failure.Should().Be(ProviderFailure.Unavailable);
        error.Message.Should().Contain("broke off");
    }

    [TestCase(401, ProviderFailure.Unauthorized)]
    [TestCase(402, ProviderFailure.QuotaExceeded)]
    [TestCase(429, ProviderFailure.QuotaExceeded)]
    [TestCase(413, ProviderFailure.InvalidRequest)]
    [TestCase(500, ProviderFailure.Unavailable)]
    public async Task Sorts_a_refusal(int status, ProviderFailure expected)
    {
        Server.RefuseWith = status;
        Server.RefusalBody = $$"""{"err_code":"SOME_CODE","err_msg":"some words about {{FakeDeepgram.Key}}","request_id":"r"}""";

        var error = await FailAsync(null);

        error.Failure.Should().Be(expected);
        error.Message.Should().Contain("some words").And.NotContain(FakeDeepgram.Key);
    }

    private async Task<ProviderException> FailAsync(Func<HttpContext, string, Task>? speak)
    {
        Server.Speak = speak;
        var say = () => Spoken.SayAsync(Voice(), Call, "Hello there.");
        return (await say.Should().ThrowAsync<ProviderException>()).Which;
    }
}

using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Deepgram;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;

namespace Aico.Plugins.Tests.Deepgram;

public class FluxProtocolTests : DeepgramTest
{
    private DeepgramSettings Flux => Settings with { Model = "flux-general-en" };

    [Test]
    public async Task Tells_turns_and_guesses_of_their_end()
    {
        var events = await HearAsync(
            Flux,
            10,
            FakeFlux.Turn("Update", 0, 0.5, ""),
            FakeFlux.Turn("StartOfTurn", 0, 1, "ten"),
            FakeFlux.Turn("EagerEndOfTurn", 0, 2, "ten of"),
            FakeFlux.Turn("TurnResumed", 0, 2.5, "ten of clubs"),
            FakeFlux.Turn("EndOfTurn", 0, 3, "ten of clubs"));

        events.Should().BeEquivalentTo(
            new TranscriptEvent[]
            {
                new SpeechStarted(TimeSpan.FromSeconds(10)),
                new InterimTranscript(TimeSpan.FromSeconds(11), "ten"),
                new InterimTranscript(TimeSpan.FromSeconds(12), "ten of"),
                new EndOfTurn(TimeSpan.FromSeconds(12), IsEager: true),
                new SpeechStarted(TimeSpan.FromSeconds(12.5)),
                new InterimTranscript(TimeSpan.FromSeconds(12.5), "ten of clubs"),
                new FinalTranscript(TimeSpan.FromSeconds(13), new Transcript("ten of clubs")),
                new SpeechEnded(TimeSpan.FromSeconds(13)),
                new EndOfTurn(TimeSpan.FromSeconds(13), IsEager: false),
            },
            options => options.WithStrictOrdering().RespectingRuntimeTypes());
    }

    [Test]
    public async Task Makes_text_final_on_a_flush_and_goes_on_behind_it()
    {
        var flushed = new TaskCompletionSource();
        Server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            await socket.SayAsync(FakeFlux.Turn("StartOfTurn", 0, 0.04, "ten of"));
            await flushed.Task;
            await socket.SayAsync(FakeFlux.Turn("EndOfTurn", 0, 1, "ten of clubs"));
            await socket.ReceiveAsync();
            await socket.CloseAsync(1000);
        };
        await using var session = await Listener(Flux).OpenAsync(Request, default);
        await using var events = session.ReadAsync(default).GetAsyncEnumerator();
        await session.SendAsync(new AudioFrame(AudioFormat.Speech, new short[640], TimeSpan.Zero), default);
        await session.FlushAsync(default);

        var finals = new List<string>();
        while (await Bounded.Within(events.MoveNextAsync().AsTask(), "The next event"))
        {
            if (events.Current is FinalTranscript final)
            {
                finals.Add(final.Transcript.Text);
                flushed.TrySetResult();
            }

            if (events.Current is EndOfTurn)
            {
                await session.CompleteAsync(default);
            }
        }

        finals.Should().Equal("ten of", "clubs");
    }

    [Test]
    public async Task Gives_the_text_of_a_turn_that_the_close_cut_off()
    {
        var events = await HearAsync(Flux, 0, FakeFlux.Turn("StartOfTurn", 0, 1, "ten of"));

        events[^1].Should().BeOfType<FinalTranscript>().Which.Transcript.Text.Should().Be("ten of");
    }

    [Test]
    public async Task Asks_for_turns_as_its_settings_say()
    {
        await HearAsync(
            Flux with { Model = "flux-general-multi", LanguageHints = ["en", "de"], EagerEndOfTurnThreshold = 0.4, EndOfTurnThreshold = 0.8, Keyterms = ["AICO"] }, 0);

        Server.Requests.Should().Equal(
            "GET /v2/listen?model=flux-general-multi&encoding=linear16&sample_rate=16000&eot_threshold=0.8&eot_timeout_ms=5000"
            + "&eager_eot_threshold=0.4&language_hint=en&language_hint=de&keyterm=AICO");
    }

    [Test]
    public void Refuses_a_guess_that_would_come_after_the_end()
    {
        var create = () => Listener(Flux with { EagerEndOfTurnThreshold = 0.8, EndOfTurnThreshold = 0.6 });

        create.Should().Throw<ProviderException>().Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [Test]
    public async Task Throws_an_error_that_Flux_reports()
    {
        var hear = () => HearAsync(Flux, 0, """{"type":"Error","sequence_id":3,"code":"INTERNAL_SERVER_ERROR","description":"no luck"}""");

        var error = (await hear.Should().ThrowAsync<ProviderException>()).Which;
        error.Failure.Should().Be(ProviderFailure.Unavailable);
        error.Message.Should().Contain("no luck");
    }
}

using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Deepgram;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.Deepgram;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.Deepgram;

public class NovaProtocolTests : DeepgramTest
{
    [Test]
    public async Task Tells_interim_from_final_text_with_words_on_the_clock_of_the_call()
    {
        var events = await HearAsync(
            Settings,
            7,
            """{"type":"SpeechStarted","channel":[0,1],"timestamp":0.5}""",
            FakeNova.Results(0, 0.8, "ten", isFinal: false),
            """{"type":"SomethingNew","of":["tomorrow"]}""",
            FakeNova.Results(0, 1.5, "ten of clubs", isFinal: true, ",\"speech_final\":true,\"news\":{}"));

        events.Should().HaveCount(5);
        events[0].Should().Be(new SpeechStarted(TimeSpan.FromSeconds(7.5)));
        events[1].Should().Be(new InterimTranscript(TimeSpan.FromSeconds(7.8), "ten"));
        var final = events[2].Should().BeOfType<FinalTranscript>().Subject;
        final.At.Should().Be(TimeSpan.FromSeconds(8.5));
        final.Transcript.Text.Should().Be("ten of clubs");
        final.Transcript.Confidence.Should().Be(0.98);
        final.Transcript.Words[2].Should().Be(new TranscriptWord("clubs", TimeSpan.FromSeconds(7.4), TimeSpan.FromSeconds(7.5)));
        events[3].Should().Be(new SpeechEnded(TimeSpan.FromSeconds(8.5)));
        events[4].Should().Be(new EndOfTurn(TimeSpan.FromSeconds(8.5), IsEager: true));
    }

    [Test]
    public async Task Ends_an_utterance_by_the_gap_between_words_where_no_text_is_called_the_last()
    {
        var events = await HearAsync(
            Settings, 0, FakeNova.Results(0, 1.5, "ten", isFinal: true), """{"type":"UtteranceEnd","channel":[0,1],"last_word_end":1.25}""");

        events.Skip(1).Should().Equal(new SpeechEnded(TimeSpan.FromSeconds(1.25)), new EndOfTurn(TimeSpan.FromSeconds(1.25), IsEager: false));
    }

    [Test]
    public async Task Does_not_end_the_same_speech_twice()
    {
        var events = await HearAsync(
            Settings,
            0,
            FakeNova.Results(0, 1.5, "ten", isFinal: true, ",\"speech_final\":true"),
            """{"type":"UtteranceEnd","channel":[0,1],"last_word_end":-1}""");

        events.OfType<SpeechEnded>().Should().ContainSingle();
        events.OfType<EndOfTurn>().Select(end => end.IsEager).Should().Equal(true, false);
    }

    [Test]
    public async Task Says_nothing_of_silence_but_takes_interim_text_back()
    {
        var events = await HearAsync(
            Settings,
            0,
            FakeNova.Results(0, 1, "", isFinal: true),
            FakeNova.Results(1, 2, "uh", isFinal: false),
            FakeNova.Results(1, 2, "", isFinal: true, ",\"speech_final\":true"));

        events.Should().HaveCount(2);
        events[1].Should().BeOfType<FinalTranscript>().Which.Transcript.Text.Should().BeEmpty();
    }

    [Test]
    public async Task Asks_for_what_its_settings_say_and_keeps_the_key_out_of_the_address()
    {
        await HearAsync(
            Settings with { Keyterms = ["Acme Corp"], EndpointingMs = 0, UtteranceEndMs = 1500, SmartFormat = true, Language = "de-DE", OptOutOfModelImprovement = true },
            0);

        Server.Requests.Should().Equal(
            "GET /v1/listen?model=nova-3&encoding=linear16&sample_rate=16000&mip_opt_out=true&language=de-DE&channels=1&interim_results=true"
            + "&endpointing=false&utterance_end_ms=1500&vad_events=true&punctuate=true&smart_format=true&keyterm=Acme%20Corp");
    }

    [Test]
    public async Task Sends_key_terms_as_keywords_to_models_before_nova_3()
    {
        await HearAsync(Settings with { Model = "nova-2-phonecall", Keyterms = ["AICO"] }, 0);

        Server.Requests[0].Should().EndWith("&keywords=AICO");
    }

    [Test]
    public async Task Joins_small_frames_and_leaves_none_behind()
    {
        var sizes = new List<int>();
        Server.Listen = async socket =>
        {
            while (await socket.ReceiveAsync() is (false, var data))
            {
                sizes.Add(data.Length);
            }

            await socket.CloseAsync(1000);
        };
        await using var session = await Listener().OpenAsync(Request, default);
        for (var i = 0; i < 200; i++)
        {
            await session.SendAsync(new AudioFrame(AudioFormat.Speech, new short[7], TimeSpan.Zero), default);
        }

        await session.CompleteAsync(default);
        await Bounded.Within(session.ReadAsync(default).ToListAsync().AsTask(), "Hearing");

        sizes.Should().Equal(1280, 1280, 240);
    }

    [Test]
    public async Task Keeps_the_connection_alive_while_no_audio_comes()
    {
        var time = new HeldTimers();
        var came = new TaskCompletionSource();
        Server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            came.SetResult();
            await socket.GoneAsync();
        };
        using var context = new TestProviderContext { TimeProvider = time };
        await using var session = await new DeepgramSpeechToText(Settings, context).OpenAsync(Request, default);

        time.Fire(TimeSpan.FromSeconds(4)).Should().BeTrue();

        await Bounded.Within(came.Task, "The keep-alive");
        Server.Messages.Should().Equal("""{"type":"KeepAlive"}""");
    }

    [Test]
    public async Task Does_not_wait_for_ever_for_the_last_results()
    {
        var time = new HeldTimers();
        var completed = new TaskCompletionSource();
        Server.Listen = async socket =>
        {
            await socket.ReceiveAsync();
            completed.SetResult();
            await socket.GoneAsync();
        };
        using var context = new TestProviderContext { TimeProvider = time };
        await using var session = await new DeepgramSpeechToText(Settings, context).OpenAsync(Request, default);
        await session.CompleteAsync(default);
        await Bounded.Within(completed.Task, "The completion");
        while (!time.Fire(TimeSpan.FromSeconds(10)))
        {
            await Task.Yield();
        }

        var read = () => session.ReadAsync(default).ToListAsync().AsTask();

        (await Bounded.Within(read.Should().ThrowAsync<ProviderException>(), "Reading")).Which.Failure.Should().Be(ProviderFailure.TimedOut);
    }
}

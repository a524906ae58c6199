using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Aico.Plugins.ElevenLabs;
using Aico.Testing;
using Aico.Testing.Conformance;
using Aico.Testing.ElevenLabs;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.ElevenLabs;

public class ElevenLabsSocketTests : ElevenLabsTest
{
    [Test]
    public async Task Asks_for_what_its_settings_say_and_keeps_the_key_out_of_the_address()
    {
        var settings = Settings with
        {
            Language = "de-DE",
            Stability = 0.4,
            SimilarityBoost = 0.8,
            Style = 0,
            UseSpeakerBoost = false,
            Speed = 1.1,
            Seed = 7,
            EnableLogging = false,
            ApplyTextNormalization = ElevenLabsNormalization.Off,
            SampleRate = 16_000,
        };

        var spoken = await Spoken.SayAsync(Voice(settings), Call, "Hallo.");

        spoken.Format.SampleRate.Should().Be(16_000);
        Server.Requests.Should().Equal(
            $"GET /v1/text-to-speech/{FakeElevenLabs.Voice}/multi-stream-input?model_id=eleven_flash_v2_5&output_format=pcm_16000&auto_mode=true&sync_alignment=true"
            + "&inactivity_timeout=180&apply_text_normalization=off&language_code=de&seed=7&enable_logging=false");
        var messages = Server.Messages.Select(message => JsonNode.Parse(message)!.AsObject()).ToList();
        messages.Select(message => message["context_id"]!.GetValue<string>()).Distinct().Should().ContainSingle();
        messages.ForEach(message => message.Remove("context_id"));
        messages.Select(message => message.ToJsonString()).Should().Equal(
            """{"text":" ","voice_settings":{"stability":0.4,"similarity_boost":0.8,"style":0,"use_speaker_boost":false,"speed":1.1}}""",
            """{"text":"Hallo. ","flush":true}""",
            """{"text":"","flush":true}""",
            """{"close_context":true}""");
    }

    [Test]
    public async Task Speaks_over_the_connection_that_was_made_ready_and_makes_only_one()
    {
        var voice = Voice();
        await voice.PrepareAsync(Call, CancellationToken.None);
        await voice.PrepareAsync(Call, CancellationToken.None);
        Server.Sockets.Should().Be(1);

        await Spoken.SayAsync(voice, Call, "Hello.");
        await Spoken.SayAsync(voice, Call, "Again.");

        Server.Sockets.Should().Be(1);
    }

    [Test]
    public async Task Makes_nothing_ready_where_each_sentence_is_a_request()
    {
        await Voice(Http).PrepareAsync(Call, CancellationToken.None);

        (Server.Sockets, Server.Requests.Count).Should().Be((0, 0));
    }

    [Test]
    public async Task Does_not_tell_a_language_to_a_model_that_refuses_one()
    {
        await Spoken.SayAsync(Voice(Settings with { Model = "eleven_multilingual_v2" }), Call with { Language = "de-DE" }, "Hallo.");

        Server.Requests[0].Should().NotContain("language_code");
    }

    [Test]
    public async Task Gives_each_word_with_the_audio_that_speaks_it()
    {
        var spoken = await Spoken.SayAsync(Voice(), Call, "Hello there, ", "my friend.");

        var words = spoken.Chunks.Where(chunk => chunk.SpokenText!.Length > 0).ToList();
        string.Concat(words.Select(chunk => chunk.SpokenText)).Should().Be("Hello there, my friend.");
        // 60 ms a character; a message holds nine, and a chunk begins where a message or a word does.
        words.Select(chunk => (chunk.SpokenText, Math.Round(chunk.Audio.Offset.TotalMilliseconds))).Should().Equal(
            ("Hello ", 0), ("the", 360), ("re, ", 540), ("my ", 780), ("fr", 960), ("iend.", 1080));
    }

    [Test]
    public async Task Joins_samples_that_messages_split()
    {
        const string Text = "Hello there, my friend. ";

        var spoken = await Spoken.SayAsync(Voice(), Call, Text);

        spoken.Samples.Should().Equal(MemoryMarshal.Cast<byte, short>(FakeSpeech.Pcm(Text, 24_000)).ToArray());
    }

    [Test]
    public async Task Does_not_take_a_connection_that_the_vendor_is_about_to_close()
    {
        var clock = new Late();
        using var context = new TestProviderContext { TimeProvider = clock };
        using var voice = new ElevenLabsTextToSpeech(Settings, context);
        await Spoken.SayAsync(voice, Call, "One.");

        clock.By = TimeSpan.FromSeconds(149);
        await Spoken.SayAsync(voice, Call, "Two.");
        Server.Sockets.Should().Be(1);
        clock.By += TimeSpan.FromSeconds(151);
        await Spoken.SayAsync(voice, Call, "Three.");

        Server.Sockets.Should().Be(2);
    }

    [Test]
    public async Task Speaks_the_next_answer_over_the_same_connection()
    {
        var voice = Voice();

        await Spoken.SayAsync(voice, Call, "One.");
        await Spoken.SayAsync(voice, Call, "Two.");
        await Spoken.SayAsync(voice, Call with { Language = "de" }, "Drei.");

        Server.Sockets.Should().Be(2, "the language stands in the address");
    }

    [TestCase("contextId")]
    [TestCase("context_id")]
    public async Task Gives_a_context_up_when_it_is_interrupted_and_hears_nothing_of_it_in_the_next(string name)
    {
        var voice = Voice();
        var closed = new TaskCompletionSource<string>();
        Server.Speak = async socket =>
        {
            string Next(string message) => JsonNode.Parse(message)!["context_id"]!.GetValue<string>();
            await socket.ReceiveAsync();
            await socket.ReceiveAsync();
            var first = Next(Server.Messages[^1]);
            await socket.SayAsync(Audio(first, 100, name));
            await socket.ReceiveAsync();
            closed.SetResult(Server.Messages[^1]);
            await socket.ReceiveAsync();
            await socket.SayAsync(Audio(first, 5000, name));
            await socket.ReceiveAsync();
            var second = Next(Server.Messages[^1]);
            await socket.SayAsync(Audio(first, 5000, name));
            await socket.SayAsync(Audio(second, 200, name));
            await socket.SayAsync($$"""{"isFinal":true,"{{name}}":"{{second}}"}""");
            await socket.GoneAsync();
        };

        await using (var session = await voice.OpenAsync(Call, default))
        {
            await session.SendAsync("A long answer.", default);
            await session.FlushAsync(default);
            await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();
            (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk")).Should().BeTrue();
        }

        (await Bounded.Within(closed.Task, "Giving up")).Should().Contain("close_context");
        (await Spoken.SayAsync(voice, Call, "Yes.")).Samples.Should().HaveCount(100);
        Server.Sockets.Should().Be(1);
    }

    [Test]
    public async Task Leaves_a_connection_whose_contexts_the_vendor_does_not_end()
    {
        var voice = Voice();
        Server.Speak = async socket =>
        {
            while (await socket.ReceiveAsync() is var (_, data))
            {
                var message = JsonNode.Parse(data)!;
                if (message["flush"] is not null)
                {
                    await socket.SayAsync(Audio(message["context_id"]!.GetValue<string>(), 100));
                }
            }
        };
        for (var i = 0; i < 5; i++)
        {
            await using var session = await voice.OpenAsync(Call, default);
            await session.SendAsync("A long answer.", default);
            await session.FlushAsync(default);
            await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();
            (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk")).Should().BeTrue();
        }

        Server.Sockets.Should().Be(2, "ElevenLabs takes five contexts on a socket");
    }

    [Test]
    public async Task Makes_a_new_connection_where_the_idle_one_was_closed()
    {
        var voice = Voice();
        var (idle, gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        Server.Speak = async socket =>
        {
            await SpeakOnceAsync(socket);
            await idle.Task;
            await socket.CloseAsync(1000);
            try
            {
                await socket.GoneAsync();
            }
            finally
            {
                gone.SetResult();
            }
        };
        await Spoken.SayAsync(voice, Call, "One.");
        idle.SetResult();
        await Bounded.Within(gone.Task, "The close");
        Server.Speak = null;

        (await Spoken.SayAsync(voice, Call, "Two.")).Samples.Should().NotBeEmpty();

        Server.Sockets.Should().Be(2);
    }

    [Test]
    public async Task Gives_no_text_where_the_server_aligns_none()
    {
        Server.Speak = SpeakOnceAsync;

        var spoken = await Spoken.SayAsync(Voice(), Call, "Hello there.");

        spoken.Chunks.Should().ContainSingle().Which.SpokenText.Should().BeNull("the host then guesses");
    }

    [Test]
    public void Refuses_models_that_the_socket_does_not_serve()
    {
        (Settings with { Model = "eleven_v3" }).Validate(new(Settings)).Should().ContainSingle().Which.ErrorMessage.Should().Contain("set \"transport\" to http");
        (Http with { Model = "eleven_v3" }).Validate(new(Settings)).Should().BeEmpty();
    }

    private static string Audio(string context, int bytes, string name = "contextId") => $$"""{"audio":"{{Convert.ToBase64String(new byte[bytes])}}","{{name}}":"{{context}}"}""";

    private async Task SpeakOnceAsync(FakeSocket socket)
    {
        for (var i = 0; i < 4; i++)
        {
            await socket.ReceiveAsync();
        }

        var context = JsonNode.Parse(Server.Messages[^1])!["context_id"]!.GetValue<string>();
        await socket.SayAsync(Audio(context, 1000));
        await socket.SayAsync($$"""{"isFinal":true,"contextId":"{{context}}"}""");
    }

    /// <summary>Real time, that much later.</summary>
    private sealed class Late : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(By.TotalSeconds * TimestampFrequency);
    }
}

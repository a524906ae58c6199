using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Plugins.Cartesia;
using Aico.Testing.Cartesia;
using Aico.Testing.Conformance;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.Cartesia;

public class CartesiaSocketTests : CartesiaTest
{
    [Test]
    public async Task Repeats_voice_model_and_format_and_keeps_the_blanks_between_sentences()
    {
        await using var session = await Voice(Settings with { Language = "de-DE", SampleRate = 16_000 }).OpenAsync(Call, default);
        var reading = Spoken.ReadAsync(session);
        await session.SendAsync("Hallo. ", default);
        await session.FlushAsync(default);
        await session.SendAsync("Guten Tag!", default);
        await session.CompleteAsync(default);
        await Bounded.Within(reading, "Speaking");

        Server.Requests.Should().Equal("GET /tts/websocket");
        Texts().Should().Equal(("Hallo. ", true), ("Guten Tag!", true), ("", false));
        var first = JsonNode.Parse(Server.Messages[0])!.AsObject();
        foreach (var name in new[] { "transcript", "continue", "context_id" })
        {
            first.Remove(name);
        }

        first.ToJsonString().Should().Be(
            """{"model_id":"sonic-3.5","voice":{"mode":"id","id":"e07c00bc-4134-4eae-9ea4-1a55fb45746b"},"output_format":{"container":"raw","encoding":"pcm_s16le","sample_rate":16000},"language":"de","add_timestamps":true,"max_buffer_delay_ms":0}""");
        Server.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task Writes_a_voice_as_the_version_wants_it_and_what_is_set_of_its_manner()
    {
        var settings = Settings with { ApiVersion = "2026-08-14", Speed = 1.2, Volume = 0.9, Emotion = "calm", PronunciationDictionary = "d", WordTimes = false };

        var spoken = await Spoken.SayAsync(Voice(settings), Call with { Voice = "v" }, "Hello.");

        Server.Messages[0].Should().Contain("\"voice\":\"v\"").And.Contain("""
            "generation_config":{"speed":1.2,"volume":0.9,"emotion":"calm"},"pronunciation_dict_id":"d","add_timestamps":false
            """);
        spoken.Chunks.Should().OnlyContain(chunk => chunk.SpokenText == null, "without the times of words the host guesses");
    }

    [Test]
    public async Task Flushes_where_text_waits_for_more()
    {
        await using var session = await Voice(Settings with { MaximumBufferDelayMs = 3000 }).OpenAsync(Call, default);
        await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();

        await session.SendAsync("Hello there.", default);
        await session.FlushAsync(default);

        (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk")).Should().BeTrue();
        Server.Messages[^1].Should().Contain("\"transcript\":\"\"").And.Contain("\"continue\":true,\"flush\":true");
    }

    [Test]
    public async Task Gives_words_with_the_audio_that_speaks_them_though_their_times_come_later()
    {
        var spoken = await Spoken.SayAsync(Voice(), Call, "Hello there, my friend. ", "How are you?");

        var words = spoken.Chunks.Where(chunk => chunk.SpokenText is { Length: > 0 }).ToList();
        string.Concat(words.Select(chunk => chunk.SpokenText)).Should().Be("Hello there, my friend. How are you?");
        // 60 ms a character; what was spoken before its times came is told with the next audio.
        words.Select(chunk => (chunk.SpokenText, Math.Round(chunk.Audio.Offset.TotalMilliseconds / 60))).Should().Equal(
            ("Hello there, ", 6), ("my ", 13), ("friend. ", 16), ("How ", 27), ("are ", 28), ("you?", 32));
    }

    [Test]
    public async Task Joins_samples_that_messages_split()
    {
        const string Text = "Hello there, my friend.";

        var spoken = await Spoken.SayAsync(Voice(), Call, Text);

        spoken.Samples.Should().Equal(MemoryMarshal.Cast<byte, short>(FakeSpeech.Pcm(Text, 24_000)).ToArray());
    }

    [Test]
    public async Task Cancels_the_context_of_an_interrupted_answer_and_speaks_the_next_over_the_same_connection()
    {
        var voice = Voice();
        await using (var session = await voice.OpenAsync(Call, default))
        {
            await session.SendAsync("A long answer.", default);
            await session.FlushAsync(default);
            await using var chunks = session.ReadAsync(default).GetAsyncEnumerator();
            (await Bounded.Within(chunks.MoveNextAsync().AsTask(), "The first chunk")).Should().BeTrue();
        }

        var next = await Spoken.SayAsync(voice, Call, "Yes.");

        next.Duration.Should().BeCloseTo(TimeSpan.FromMilliseconds(240), TimeSpan.FromMilliseconds(1));
        Server.Messages.Should().Contain(message => message.Contains("\"cancel\":true"));
        Server.Sockets.Should().Be(1);
    }

    [Test]
    public void Refuses_an_address_that_would_send_the_key_in_clear() => (new CartesiaSettings { BaseUrl = "http://api.cartesia.ai", ApiKey = Settings.ApiKey })
        .Validate(new(Settings)).Should().ContainSingle().Which.ErrorMessage.Should().Contain("https");

    [Test]
    public async Task Lists_the_voices_of_every_page()
    {
        var voices = await Voice().ListVoicesAsync(default);

        voices.Select(voice => (voice.Id, voice.DisplayName)).Should().Equal((FakeCartesia.Voice, "Brooke"), ("other-voice", "Anna"));
        voices[0].Description.Should().Be("Warm, feminine, A warm voice");
        Server.Requests.Should().Equal("GET /voices?limit=100", $"GET /voices?limit=100&starting_after={FakeCartesia.Voice}");
    }

    [Test]
    public async Task Accepts_a_good_key_and_refuses_another()
    {
        (await Voice().ProbeAsync(default)).Warnings.Should().BeEmpty();
        (await Voice(Settings with { Voice = "nobody" }).ProbeAsync(default)).Warnings.Should().ContainSingle().Which.Should().Contain("nobody");
        var probe = () => Voice(Settings with { ApiKey = new("wrong") }).ProbeAsync(default).AsTask();

        (await probe.Should().ThrowAsync<ProviderException>()).Which.Failure.Should().Be(ProviderFailure.Unauthorized);
    }

    private IEnumerable<(string Text, bool IsMoreToCome)> Texts() =>
        Server.Messages.Select(message => JsonNode.Parse(message)!).Select(message => (message["transcript"]!.GetValue<string>(), message["continue"]!.GetValue<bool>()));
}

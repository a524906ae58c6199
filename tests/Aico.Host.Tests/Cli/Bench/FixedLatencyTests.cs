using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Cli.Bench;
using Aico.Host.Time;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Cli.Bench;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class FixedLatencyTests
{
    private readonly VirtualTime _time = new();

    [Test]
    public void Writes_the_first_word_after_its_latency_and_each_further_one_at_its_pace()
    {
        var words = _time.Run(async () =>
        {
            var seen = new List<(string Text, double At)>();
            await foreach (var update in new FixedLatencyLanguageModel(_time).GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")]))
            {
                seen.Add((update.Text, Now));
            }

            return seen;
        });

        string.Concat(words.Select(word => word.Text)).Should().Be(FixedLatency.Answer);
        words.Select(word => word.At).Should().Equal(Enumerable.Range(0, words.Count).Select(i => 150.0 + 15 * i));
    }

    [Test]
    public void Answers_seven_and_a_half_seconds()
    {
        FixedLatency.AnswerDuration.Should().Be(TimeSpan.FromSeconds(7.5));
        FixedLatency.Sum.TotalMilliseconds.Should().Be(100 + 150 + 4 * 15 + 100);
    }

    [Test]
    public void Speaks_a_flushed_text_after_its_latency_four_times_as_fast_as_it_is_heard()
    {
        var chunks = Speak("one two three", "four");

        chunks[0].At.Should().Be(100);
        chunks[^16].At.Should().Be(100 + (900 - 20) / 4);
        chunks[^15].At.Should().Be(100 + (900 - 20) / 4 + 100);
        chunks.Sum(chunk => chunk.Chunk.Audio.Duration.TotalMilliseconds).Should().Be(1200);
        string.Concat(chunks.Select(chunk => chunk.Chunk.SpokenText)).Should().Be("one two threefour");
    }

    [Test]
    public void Speaks_one_tone_without_a_seam()
    {
        var samples = Speak("one two", "three").SelectMany(chunk => chunk.Chunk.Audio.Samples.ToArray()).ToArray();

        // The steepest step of the tone: 8000 * 2 pi * 310 / 24000.
        samples.Zip(samples.Skip(1), (a, b) => Math.Abs(b - a)).Max().Should().BeLessThan(652);
        samples.Max().Should().BeGreaterThan((short)7990);
    }

    [Test]
    public void Ends_a_speech_that_is_disposed_without_an_error()
    {
        var chunks = _time.Run(async () =>
        {
            var session = await new FixedLatencyTextToSpeech(_time).OpenAsync(new TextToSpeechRequest(CallIdentity.None), CancellationToken.None);
            await session.SendAsync("one", CancellationToken.None);
            await session.FlushAsync(CancellationToken.None);
            var read = 0;
            await foreach (var _ in session.ReadAsync(CancellationToken.None))
            {
                read++;
                await session.DisposeAsync();
            }

            return read;
        });

        chunks.Should().Be(1);
    }

    [Test]
    public async Task Understands_an_utterance_when_the_silence_after_it_has_lasted()
    {
        var session = await new FixedLatencySpeechToText().OpenAsync(new SpeechToTextRequest(AudioFormat.Speech, CallIdentity.None), CancellationToken.None);
        await HearAsync(session, 0, 510, 8000);
        await HearAsync(session, 510, 90, 0);
        await HearAsync(session, 600, 10, 8000);
        await HearAsync(session, 610, 200, 0);
        await session.CompleteAsync(CancellationToken.None);

        var events = new List<TranscriptEvent>();
        await foreach (var heard in session.ReadAsync(CancellationToken.None))
        {
            events.Add(heard);
        }

        events.Should().ContainSingle().Which.Should().BeOfType<FinalTranscript>().Which.At.Should().Be(TimeSpan.FromMilliseconds(710));
    }

    private double Now => _time.GetElapsedTime(0).TotalMilliseconds;

    private List<(SpeechChunk Chunk, double At)> Speak(params string[] texts) => _time.Run(async () =>
    {
        await using var session = await new FixedLatencyTextToSpeech(_time).OpenAsync(new TextToSpeechRequest(CallIdentity.None), CancellationToken.None);
        foreach (var text in texts)
        {
            await session.SendAsync(text, CancellationToken.None);
            await session.FlushAsync(CancellationToken.None);
        }

        await session.CompleteAsync(CancellationToken.None);
        var chunks = new List<(SpeechChunk, double)>();
        await foreach (var chunk in session.ReadAsync(CancellationToken.None))
        {
            chunks.Add((chunk, Now));
        }

        return chunks;
    });

    private static async Task HearAsync(Aico.Abstractions.Sessions.IDuplexSession<AudioFrame, TranscriptEvent> session, int from, int milliseconds, short level)
    {
        var samples = Enumerable.Repeat(level, milliseconds * 16).ToArray();
        await session.SendAsync(new AudioFrame(AudioFormat.Speech, samples, TimeSpan.FromMilliseconds(from)), CancellationToken.None);
    }
}

using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Conformance;

/// <summary>What every speech-to-text provider that hears continuously must do.</summary>
/// <remarks>
/// Of cancellation it is held that what is pending ends within 100 ms, as the quickest of several attempts (<see cref="Promptness"/>). A
/// provider that asks a service inherits <see cref="ServedSpeechToTextConformance"/>.
/// </remarks>
public abstract class SpeechToTextConformance
{
    /// <summary>An utterance in English.</summary>
    protected virtual AudioFrame Utterance => SampleSpeech.TenOfClubs;

    /// <summary>A word of the utterance that the provider hears for sure; case is ignored.</summary>
    protected virtual string ExpectedWord => "clubs";

    protected virtual SpeechToTextRequest Request => new(Utterance.Format, CallIdentity.None) { Language = "en" };

    protected abstract ISpeechToText Create();

    /// <summary>Creates one that fails when it is asked to hear, on opening or on reading.</summary>
    protected abstract ISpeechToText CreateFaulty();

    [TestCase(320)]
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(159)]
    [TestCase(4001)]
    public async Task Hears_frames_of_any_size(int samples)
    {
        var events = await HearAsync(Create(), samples);

        TextOf(events).Should().ContainEquivalentOf(ExpectedWord);
        events.Should().OnlyContain(item => item.At >= TimeSpan.Zero && item.At <= Utterance.Duration + TimeSpan.FromSeconds(1));
    }

    [Test]
    public async Task Ends_without_text_where_no_audio_came()
    {
        await using var session = await Create().OpenAsync(Request, default);
        var reading = ReadAsync(session);
        await session.FlushAsync(default);
        await session.CompleteAsync(default);

        TextOf(await Bounded.Within(reading, "The reading")).Should().BeEmpty();
    }

    [Test]
    public async Task Gives_a_final_text_on_a_flush()
    {
        await using var session = await Create().OpenAsync(Request, default);
        var final = FirstFinalAsync(session);
        await SendAsync(session, 320);
        await session.FlushAsync(default);

        (await Bounded.Within(final, "The final text after a flush")).Text.Should().ContainEquivalentOf(ExpectedWord);
    }

    [Test]
    public async Task Keeps_two_sessions_at_once_apart()
    {
        var speech = Create();
        await using var silent = await speech.OpenAsync(Request, default);
        var nothing = ReadAsync(silent);

        TextOf(await HearAsync(speech, 320)).Should().ContainEquivalentOf(ExpectedWord);
        await silent.CompleteAsync(default);

        TextOf(await Bounded.Within(nothing, "The silent session")).Should().BeEmpty();
    }

    [Test]
    public async Task Ends_a_pending_read_on_disposal_without_an_error()
    {
        var session = await Create().OpenAsync(Request, default);
        var reading = ReadAsync(session);
        await SendAsync(session, 320);

        await Bounded.Within(session.DisposeAsync().AsTask(), "Disposal");
        await Bounded.Within(session.DisposeAsync().AsTask(), "The second disposal");

        await Bounded.Within(reading, "The pending read");
    }

    [Test]
    public async Task Ends_a_read_whose_token_is_cancelled()
    {
        await using var session = await Create().OpenAsync(Request, default);
        using var cancel = new CancellationTokenSource();
        var reading = ReadAsync(session, cancel.Token);

        await cancel.CancelAsync();

        await Bounded.Within(reading.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>(), "The cancelled read");
    }

    [Test]
    public Task Gives_up_within_100_ms_of_disposal() => Promptness.HoldAsync("Hearing, on disposal", async attempt =>
    {
        await using var session = await Create().OpenAsync(Request, default);
        var reading = await HearOnAsync(session, default);

        await attempt.DisposeAsync(session, reading.End);
    });

    [Test]
    public Task Gives_up_within_100_ms_of_the_cancellation_of_a_read() => Promptness.HoldAsync("Hearing, on a cancelled read", async attempt =>
    {
        await using var session = await Create().OpenAsync(Request, default);
        using var cancel = new CancellationTokenSource();
        var reading = await HearOnAsync(session, cancel.Token);

        await attempt.CancelAsync(cancel, reading.End);
    });

    [Test]
    public async Task Refuses_audio_after_completion()
    {
        await using var session = await Create().OpenAsync(Request, default);
        await session.CompleteAsync(default);

        await session.Awaiting(s => s.SendAsync(Utterance, default).AsTask()).Should().ThrowAsync<InvalidOperationException>();
    }

    [Test]
    public async Task Throws_a_fault_at_the_reader_and_nowhere_else()
    {
        var error = await Bounded.Within(FaultAsync(), "The faulty session");

        error.Message.Should().NotBeEmpty();

        async Task<ProviderException> FaultAsync()
        {
            try
            {
                await using var session = await CreateFaulty().OpenAsync(Request, default);
                await SendAsync(session, 320);
                await session.FlushAsync(default);
                var read = async () => await ReadAsync(session);
                var fault = (await read.Should().ThrowAsync<ProviderException>()).Which;
                // The writer may not know yet.
                await SendAsync(session, 320);
                await session.CompleteAsync(default);
                return fault;
            }
            catch (ProviderException onOpening)
            {
                return onOpening;
            }
        }
    }

    private async Task<List<TranscriptEvent>> HearAsync(ISpeechToText speech, int samples)
    {
        await using var session = await speech.OpenAsync(Request, default);
        var reading = ReadAsync(session);
        await SendAsync(session, samples);
        await session.CompleteAsync(default);
        return await Bounded.Within(reading, "Hearing");
    }

    /// <summary>A session in the middle of its work: it has given a first result, and has been sent more.</summary>
    private async Task<Reading> HearOnAsync(IDuplexSession<AudioFrame, TranscriptEvent> session, CancellationToken ct)
    {
        var reading = Reading.Of(session.ReadAsync(ct));
        await SendAsync(session, 320);
        await session.FlushAsync(default);
        await reading.Begun;
        await SendAsync(session, 320);
        return reading;
    }

    private async Task SendAsync(IDuplexSession<AudioFrame, TranscriptEvent> session, int samples)
    {
        for (var start = 0; start < Utterance.Samples.Length; start += samples)
        {
            var piece = Utterance.Samples[start..Math.Min(start + samples, Utterance.Samples.Length)];
            await session.SendAsync(new AudioFrame(Utterance.Format, piece, Utterance.Format.DurationOf(start)), default);
        }
    }

    private static async Task<Transcript> FirstFinalAsync(IDuplexSession<AudioFrame, TranscriptEvent> session) =>
        (await session.ReadAsync(default).OfType<FinalTranscript>().FirstAsync(final => final.Transcript.Text.Length > 0)).Transcript;

    private static async Task<List<TranscriptEvent>> ReadAsync(IDuplexSession<AudioFrame, TranscriptEvent> session, CancellationToken ct = default) =>
        await session.ReadAsync(ct).ToListAsync(ct);

    private static string TextOf(IEnumerable<TranscriptEvent> events) =>
        string.Join(' ', events.OfType<FinalTranscript>().Select(final => final.Transcript.Text));
}

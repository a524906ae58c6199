using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Conformance;

/// <summary>What every speech-to-text provider that reads whole utterances must do.</summary>
/// <remarks>
/// Of cancellation it is held that a reading under way ends within 100 ms, as the quickest of several attempts (<see cref="Promptness"/>).
/// </remarks>
public abstract class BatchSpeechToTextConformance
{
    /// <summary>An utterance in English.</summary>
    protected virtual AudioFrame Utterance => SampleSpeech.TenOfClubs;

    /// <summary>A word of the utterance that the provider hears for sure; case is ignored.</summary>
    protected virtual string ExpectedWord => "clubs";

    protected abstract IBatchSpeechToText Create();

    protected abstract IBatchSpeechToText CreateFaulty();

    /// <summary>Creates one that <see cref="LongUtterance"/> keeps busy for much longer than <see cref="Utterance"/>; or one whose service holds every request.</summary>
    protected virtual IBatchSpeechToText CreateBusy() => Create();

    /// <summary>The utterance again and again, for 25 s: an engine in the same process has work with it for a while.</summary>
    protected virtual AudioFrame LongUtterance
    {
        get
        {
            var one = Utterance.Samples.ToArray();
            return Utterance with { Samples = Enumerable.Repeat(one, (int)(25 / Utterance.Duration.TotalSeconds)).SelectMany(samples => samples).ToArray() };
        }
    }

    /// <summary>
    /// Waits until the reading that was asked for before is truly under way. A service's test waits until the service holds the request;
    /// here a short utterance is read beside it, whose end says that the time of a whole reading has passed.
    /// </summary>
    protected virtual Task UnderWayAsync(IBatchSpeechToText speech) => TranscribeAsync(speech, Utterance);

    [Test]
    public async Task Reads_an_utterance()
    {
        var transcript = await TranscribeAsync(Create(), Utterance);

        transcript.Text.Should().ContainEquivalentOf(ExpectedWord);
        transcript.Text.Should().Be(transcript.Text.Trim());
        (transcript.Confidence ?? 1).Should().BeInRange(0, 1);
    }

    [Test]
    public async Task Gives_an_empty_text_for_silence_and_for_nothing()
    {
        var speech = Create();

        (await TranscribeAsync(speech, Utterance with { Samples = ReadOnlyMemory<short>.Empty })).Text.Should().BeEmpty();
        (await TranscribeAsync(speech, Utterance with { Samples = new short[Utterance.Samples.Length] })).Text.Should().BeEmpty();
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(159)]
    [TestCase(4001)]
    public async Task Takes_utterances_of_odd_length(int samples)
    {
        var start = await TranscribeAsync(Create(), Utterance with { Samples = Utterance.Samples[..samples] });
        var whole = await TranscribeAsync(Create(), Utterance with { Samples = Utterance.Samples[..^samples] });

        start.Text.Length.Should().BeLessThan(40, "so little audio holds hardly a word");
        whole.Text.Should().ContainEquivalentOf(ExpectedWord);
    }

    [Test]
    public async Task Keeps_two_utterances_at_once_apart()
    {
        var speech = Create();
        var nothing = Utterance with { Samples = new short[Utterance.Samples.Length] };

        var texts = await Task.WhenAll(TranscribeAsync(speech, Utterance), TranscribeAsync(speech, nothing), TranscribeAsync(speech, Utterance));

        texts[0].Text.Should().ContainEquivalentOf(ExpectedWord);
        texts[1].Text.Should().BeEmpty();
        texts[2].Text.Should().Be(texts[0].Text);
    }

    [Test]
    public async Task Gives_up_when_its_token_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var speech = Create();
        var reading = TranscribeAsync(speech, Utterance, cancel.Token);
        await cancel.CancelAsync();
        var late = () => TranscribeAsync(speech, Utterance, cancel.Token);

        // The first may just have been done; the second cannot.
        await Bounded.Within(Task.WhenAny(reading), "The cancelled reading");
        await Bounded.Within(late.Should().ThrowAsync<OperationCanceledException>(), "The reading with a cancelled token");
        (reading.IsCanceled || reading.IsCompletedSuccessfully).Should().BeTrue();
        // What was given up leaves no trace.
        (await TranscribeAsync(speech, Utterance)).Text.Should().ContainEquivalentOf(ExpectedWord);
    }

    [Test]
    public async Task Gives_up_a_reading_within_100_ms()
    {
        var speech = CreateBusy();
        var utterance = LongUtterance;

        await Promptness.HoldAsync("Reading an utterance", async attempt =>
        {
            using var cancel = new CancellationTokenSource();
            var reading = TranscribeAsync(speech, utterance, cancel.Token);
            await UnderWayAsync(speech);

            await attempt.CancelAsync(cancel, reading);
        });
    }

    [Test]
    public async Task Throws_a_fault_as_a_provider_exception()
    {
        var read = async () => await TranscribeAsync(CreateFaulty(), Utterance);

        await read.Should().ThrowAsync<ProviderException>();
    }

    /// <summary>Reads an utterance in English.</summary>
    private protected static Task<Transcript> TranscribeAsync(IBatchSpeechToText speech, AudioFrame utterance, CancellationToken ct = default) =>
        Bounded.Within(
            speech.TranscribeAsync(utterance, new SpeechToTextRequest(utterance.Format, CallIdentity.None) { Language = "en" }, ct).AsTask(),
            "Reading an utterance");
}

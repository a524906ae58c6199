using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Moonshine;
using Aico.Plugins.Tests.Onnx;
using Aico.Testing;

namespace Aico.Plugins.Tests.Moonshine;

public class MoonshineSpeechToTextTests
{
    private static readonly SpeechToTextRequest Request = new(AudioFormat.Speech, CallIdentity.None);

    private readonly MoonshineSpeechToText _moonshine =
        new(new MoonshineSettings(), MoonshineFiles.Find(new NativeContext()), new NativeContext());

    [OneTimeTearDown]
    public void Dispose() => _moonshine.Dispose();

    [Test]
    public async Task Understands_human_speech()
    {
        var rate = default(WordErrorRate);
        foreach (var (text, samples) in SpeechClips.Sentences)
        {
            rate += WordErrorRate.Between(text, await Hear(samples));
        }

        TestContext.Out.WriteLine(rate);
        rate.Words.Should().Be(71);
        rate.Rate.Should().BeLessThanOrEqualTo(0.05, "it was {0}", rate);
    }

    [TestCase("agent-pass", "Please enter your password followed by the pound key.")]
    [TestCase("cannot-complete-as-dialed", "Your call cannot be completed as dialed.")]
    [TestCase("conf-onlyperson", "You are currently the only person in this conference.")]
    [TestCase("ss-noservice", "The number you have dialed is not in service. Please check the number and try again.")]
    [TestCase("tt-allbusy", "All representatives of the household are currently assisting other telemarketers. Please hold and your call will be answered in the order it was received.")]
    public async Task Understands_a_voice_on_the_telephone(string prompt, string text)
    {
        var rate = WordErrorRate.Between(text, await Hear(SpeechClips.Prompt(prompt)));

        rate.Errors.Should().BeLessThanOrEqualTo(1, "it was {0}", rate);
    }

    [Test]
    public async Task Says_that_it_heard_English()
    {
        var transcript = await _moonshine.TranscribeAsync(Frame(SpeechClips.Sentences[1].Samples), Request, CancellationToken.None);

        transcript.Language.Should().Be("en");
        transcript.Text.Should().Be(transcript.Text.Trim()).And.StartWith("He was");
    }

    [Test]
    public async Task Understands_nothing_in_silence_and_noise()
    {
        (await Hear(SpeechClips.Silence(3))).Should().BeEmpty();
        (await Hear(SpeechClips.Noise(3, -50))).Should().BeEmpty();
        (await Hear(SpeechClips.Noise(3, -30))).Should().BeEmpty();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1_599)]
    [TestCase(1_600)]
    public async Task Understands_nothing_in_next_to_nothing(int samples)
    {
        (await Hear(SpeechClips.Sentences[0].Samples[8_000..(8_000 + samples)])).Should().BeEmpty();
    }

    [Test]
    public async Task Understands_a_monologue_that_the_model_cannot_hold_at_once()
    {
        var sentences = SpeechClips.Sentences.Concat(SpeechClips.Sentences).ToArray();
        var said = string.Join(' ', sentences.Select(sentence => sentence.Text));
        short[] monologue = [.. sentences.SelectMany(sentence => sentence.Samples)];
        monologue.Length.Should().BeGreaterThan(45 * 16_000);

        var rate = WordErrorRate.Between(said, await Hear(monologue));

        rate.Rate.Should().BeLessThanOrEqualTo(0.1, "it was {0}", rate);
    }

    [Test]
    public async Task Many_callers_at_once_are_understood_as_one_alone()
    {
        var alone = new List<string>();
        foreach (var sentence in SpeechClips.Sentences)
        {
            alone.Add(await Hear(sentence.Samples));
        }

        var together = await Task.WhenAll(SpeechClips.Sentences.Concat(SpeechClips.Sentences).Select(
            (sentence, i) => Hear(sentence.Samples, Request with { Call = new($"organization {i}", "call") })));

        together.Should().Equal(alone.Concat(alone));
    }

    [Test]
    public async Task Gives_interim_results_while_it_has_headroom()
    {
        await Hear(SpeechClips.Sentences[4].Samples);

        _moonshine.HasInterimHeadroom.Should().BeTrue();
        (await Hear(SpeechClips.Sentences[4].Samples[..32_000], Request with { IsInterim = true })).Should().StartWith("He");
    }

    [Test]
    public async Task Cancelling_ends_the_work()
    {
        using var cancellation = new CancellationTokenSource();
        var working = _moonshine.TranscribeAsync(Frame(SpeechClips.Sentences[0].Samples), Request, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        (await FluentActions.Awaiting(() => working).Should().ThrowAsync<OperationCanceledException>())
            .Which.CancellationToken.Should().Be(cancellation.Token);
    }

    [TestCase("en")]
    [TestCase("EN")]
    [TestCase("en-GB")]
    public async Task Takes_every_English(string language)
    {
        (await Hear(SpeechClips.Sentences[1].Samples, Request with { Language = language })).Should().StartWith("He was");
    }

    [TestCase("de")]
    [TestCase("enm")]
    public async Task Refuses_another_language(string language)
    {
        (await FluentActions.Awaiting(() => Hear(SpeechClips.Silence(1), Request with { Language = language }))
            .Should().ThrowAsync<ProviderException>().WithMessage($"*not {language}*"))
            .Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }

    [TestCase(48_000, 1)]
    [TestCase(16_000, 2)]
    public async Task Refuses_audio_of_another_format(int sampleRate, int channels)
    {
        var frame = new AudioFrame(new(sampleRate, channels), new short[32_000], TimeSpan.Zero);

        await FluentActions.Awaiting(() => _moonshine.TranscribeAsync(frame, Request, CancellationToken.None).AsTask())
            .Should().ThrowAsync<ArgumentException>().WithMessage("*16,000 Hz mono*");
    }

    private async Task<string> Hear(short[] samples, SpeechToTextRequest? request = null) =>
        (await _moonshine.TranscribeAsync(Frame(samples), request ?? Request, CancellationToken.None)).Text;

    private static AudioFrame Frame(short[] samples) => new(AudioFormat.Speech, samples, TimeSpan.Zero);
}

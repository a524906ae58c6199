using Aico.Abstractions.Audio;
using Aico.Abstractions.VoiceActivity;

namespace Aico.Testing.Conformance;

/// <summary>What every voice activity detector must do.</summary>
/// <remarks>There is nothing to cancel: a window of 32 ms or so is looked at here and now, in well under a millisecond.</remarks>
public abstract class VoiceActivityConformance
{
    /// <summary>Speech at the detector's sample rate, mono.</summary>
    protected virtual AudioFrame Speech => SampleSpeech.TenOfClubs;

    protected abstract IVoiceActivityDetector Create();

    [Test]
    public void Tells_speech_from_silence()
    {
        var detector = Create();
        using var stream = detector.Open();
        detector.SampleRate.Should().Be(Speech.Format.SampleRate, "the sample must fit");

        var speech = Detect(detector, stream, Speech.Samples.Span);
        stream.Reset();
        var silence = Detect(detector, stream, new short[detector.SampleRate]);

        speech.Concat(silence).Should().OnlyContain(probability => probability >= 0 && probability <= 1);
        speech.Max().Should().BeGreaterThan(0.5f);
        silence.Max().Should().BeLessThan(0.5f);
    }

    [Test]
    public void Forgets_on_a_reset()
    {
        var detector = Create();
        using var stream = detector.Open();
        var first = Detect(detector, stream, Speech.Samples.Span);

        stream.Reset();

        Detect(detector, stream, Speech.Samples.Span).Should().Equal(first);
    }

    [Test]
    public void Keeps_two_streams_apart()
    {
        var detector = Create();
        using var alone = detector.Open();
        var expected = Detect(detector, alone, Speech.Samples.Span);
        using var speaking = detector.Open();
        using var silent = detector.Open();
        var heard = new List<float>();

        for (var start = 0; start + detector.WindowSamples <= Speech.Samples.Length; start += detector.WindowSamples)
        {
            heard.Add(speaking.Detect(Speech.Samples.Span.Slice(start, detector.WindowSamples)));
            silent.Detect(new short[detector.WindowSamples]);
        }

        heard.Should().Equal(expected);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(159)]
    [TestCase(4001)]
    public void Refuses_windows_of_another_size(int samples)
    {
        using var stream = Create().Open();

        stream.Invoking(s => s.Detect(new short[samples])).Should().Throw<ArgumentException>();
    }

    [Test]
    public void Takes_being_disposed_twice_and_detects_no_more()
    {
        var detector = Create();
        var stream = detector.Open();
        stream.Dispose();

        stream.Invoking(s => s.Dispose()).Should().NotThrow();
        stream.Invoking(s => s.Detect(new short[detector.WindowSamples])).Should().Throw<ObjectDisposedException>();
    }

    private static List<float> Detect(IVoiceActivityDetector detector, IVoiceActivityStream stream, ReadOnlySpan<short> samples)
    {
        var probabilities = new List<float>();
        for (var start = 0; start + detector.WindowSamples <= samples.Length; start += detector.WindowSamples)
        {
            probabilities.Add(stream.Detect(samples.Slice(start, detector.WindowSamples)));
        }

        return probabilities;
    }
}

extern alias silero;

using Aico.Abstractions.VoiceActivity;
using Aico.Plugins.Silero;
using Aico.Plugins.Tests.Onnx;
using silero::Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Tests.Silero;

public class SileroStreamTests
{
    private readonly SileroVoiceActivityDetector _detector =
        new(NativeContext.Library, NativeContext.Required("models/silero/silero_vad.onnx"));

    [OneTimeTearDown]
    public void Dispose() => _detector.Dispose();

    [Test]
    public void Takes_windows_of_32_ms_at_16_kHz()
    {
        _detector.SampleRate.Should().Be(16_000);
        _detector.WindowSamples.Should().Be(512);
    }

    [Test]
    public void Finds_the_speech_in_what_people_say()
    {
        foreach (var (text, samples) in SpeechClips.Sentences)
        {
            var probabilities = Hear(samples);

            // Read at a calm pace, with a pause before and after.
            probabilities.Count(probability => probability > 0.5f).Should()
                .BeInRange(probabilities.Length * 80 / 100, probabilities.Length * 95 / 100, "of \"{0}\"", text);
        }
    }

    [Test]
    public void Finds_none_in_silence() => Hear(SpeechClips.Silence(3)).Max().Should().BeLessThan(0.02f);

    [TestCase(-50)]
    [TestCase(-40)]
    [TestCase(-30)]
    [TestCase(-20)]
    public void Finds_none_in_noise(double decibels) => Hear(SpeechClips.Noise(3, decibels)).Max().Should().BeLessThan(0.2f);

    [Test]
    public void Streams_of_two_callers_do_not_mix()
    {
        var first = SpeechClips.Sentences[0].Samples;
        var second = SpeechClips.Sentences[3].Samples;
        using var one = _detector.Open();
        using var other = _detector.Open();
        var heardByOne = new List<float>();
        var heardByOther = new List<float>();

        for (var start = 0; start + 512 <= Math.Min(first.Length, second.Length); start += 512)
        {
            heardByOne.Add(one.Detect(first.AsSpan(start, 512)));
            heardByOther.Add(other.Detect(second.AsSpan(start, 512)));
        }

        heardByOne.Should().Equal(Hear(first).Take(heardByOne.Count));
        heardByOther.Should().Equal(Hear(second).Take(heardByOther.Count));
    }

    [Test]
    public void Streams_on_many_threads_hear_what_they_hear_alone()
    {
        var alone = SpeechClips.Sentences.Select(sentence => Hear(sentence.Samples)).ToArray();
        var together = new float[20][];

        var threads = together.Select((_, i) => new Thread(
            () => together[i] = Hear(SpeechClips.Sentences[i % alone.Length].Samples))).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        for (var i = 0; i < together.Length; i++)
        {
            together[i].Should().Equal(alone[i % alone.Length]);
        }
    }

    [Test]
    public void Shows_the_model_the_last_4_ms_of_the_window_before_again()
    {
        // The same two windows by hand, with 64 samples of the first in front of the second.
        var speech = SpeechClips.Sentences[0].Samples.AsSpan(16_000, 1_024);
        var runtime = OnnxRuntime.Load(NativeContext.Library);
        using var session = new OnnxSession(runtime, NativeContext.Required("models/silero/silero_vad.onnx"));
        using var samples = OnnxTensor<float>.Zeros(runtime, 1, 576);
        using var state = OnnxTensor<float>.Zeros(runtime, 2, 1, 128);
        using var next = OnnxTensor<float>.Zeros(runtime, 2, 1, 128);
        using var rate = OnnxTensor<long>.Zeros(runtime);
        using var probability = OnnxTensor<float>.Zeros(runtime, 1, 1);
        rate.Elements[0] = 16_000;
        var function = new OnnxFunction(session, ["input", "state", "sr"], ["output", "stateN"]);
        Fill(samples.Elements[64..], speech[..512]);
        function.Run([samples, state, rate], [probability, next]);
        Fill(samples.Elements, speech[448..]);
        function.Run([samples, next, rate], [probability, state]);

        using var stream = _detector.Open();
        stream.Detect(speech[..512]);

        stream.Detect(speech[512..]).Should().Be(probability.Elements[0]);

        static void Fill(Span<float> target, ReadOnlySpan<short> source)
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] / 32768f;
            }
        }
    }

    [TestCase(40)]
    [TestCase(41)]
    public void Forgets_everything_when_reset(int windows)
    {
        using var stream = _detector.Open();
        Hear(stream, SpeechClips.Sentences[2].Samples.AsSpan(0, windows * 512));

        stream.Reset();

        Hear(stream, SpeechClips.Sentences[1].Samples).Should().Equal(Hear(SpeechClips.Sentences[1].Samples));
    }

    [Test]
    public void Allocates_nothing_per_window()
    {
        var samples = SpeechClips.Sentences[0].Samples;
        using var stream = _detector.Open();
        Hear(stream, samples);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var window = 0; window < 1_000; window++)
        {
            stream.Detect(samples.AsSpan(window % 200 * 512, 512));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [TestCase(0)]
    [TestCase(511)]
    [TestCase(513)]
    public void Refuses_a_window_of_another_size(int samples)
    {
        using var stream = _detector.Open();

        stream.Invoking(open => open.Detect(new short[samples])).Should().Throw<ArgumentException>().WithMessage("*512 samples, not*");
    }

    [Test]
    public void A_disposed_stream_refuses_work_and_may_be_disposed_again()
    {
        var stream = _detector.Open();
        stream.Dispose();
        stream.Dispose();

        stream.Invoking(disposed => disposed.Detect(new short[512])).Should().Throw<ObjectDisposedException>();
        stream.Invoking(disposed => disposed.Reset()).Should().Throw<ObjectDisposedException>();
    }

    private float[] Hear(short[] samples)
    {
        using var stream = _detector.Open();
        return Hear(stream, samples);
    }

    private static float[] Hear(IVoiceActivityStream stream, ReadOnlySpan<short> samples)
    {
        var probabilities = new float[samples.Length / 512];
        for (var window = 0; window < probabilities.Length; window++)
        {
            probabilities[window] = stream.Detect(samples.Slice(window * 512, 512));
        }

        return probabilities;
    }
}

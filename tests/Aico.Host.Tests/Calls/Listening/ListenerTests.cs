using System.Runtime.CompilerServices;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Host.Calls.Listening;
using Aico.Host.Providers.Fallback;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.Listening;

public class ListenerTests
{
    [Test]
    public void Drops_the_oldest_audio_and_counts_it_when_the_host_does_not_keep_up()
    {
        using var call = new CallHarness();
        var transport = new BurstTransport(frames: 80);
        var stt = new ScriptedStreamingSpeechToText();
        var harness = new Call(
            CallIdentity.None, call.Settings, new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("llm", call.LanguageModel), SpeechToText = SpeechToTextProvider.Alone("stt", stt) },
            transport, call, call.Time, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        var running = call.Time.Start(() => harness.RunAsync(stop.Token));

        harness.DroppedFrames.Should().Be(30, "80 frames came at once and 50 are queued");
        stt.Current.Frames.Select(frame => frame.Offset).Should().Equal(Enumerable.Range(30, 50).Select(index => Seconds(index * 0.02)), "late words are worth less");
        stop.Cancel();
        call.Time.RunUntilIdle();
        running.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Hears_the_end_of_a_voice_whose_caller_has_muted()
    {
        using var call = new CallHarness();
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.Caller.Muted = (Seconds(2), Seconds(60));

        call.RunUntil(6);

        call.Of<VoiceEnded>().Should().ContainSingle().Which.At.Should().BeLessThanOrEqualTo(Seconds(3));
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("What time is it?");
    }

    [Test]
    public void Hears_a_voice_out_that_is_cut_by_the_end_of_the_call()
    {
        using var call = new CallHarness();
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.Caller.LeavesAt = Seconds(2);

        call.RunUntil(6);

        call.Of<VoiceEnded>().Should().ContainSingle().Which.End.Should().Be(Seconds(2));
        call.Turns.Should().ContainSingle();
    }

    [Test]
    public void Falls_back_where_no_voice_activity_provider_is_there_and_says_so()
    {
        using var call = new CallHarness { VoiceActivity = null };
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Of<StageFailed>().Should().ContainSingle().Which.Should().Match<StageFailed>(failed =>
            failed.Stage == CallStage.VoiceActivity && failed.Message.StartsWith("No voice activity provider is there. The call uses"));
        call.Turns.Should().ContainSingle().Which.CallerText.Should().Be("What time is it?");
    }

    [TestCase(nameof(BrokenVoiceActivity.At.Open))]
    [TestCase(nameof(BrokenVoiceActivity.At.Window))]
    [TestCase(nameof(BrokenVoiceActivity.At.Detect))]
    [TestCase(nameof(BrokenVoiceActivity.At.DetectInSpeech))]
    [TestCase(nameof(BrokenVoiceActivity.At.DetectAfterSpeech))]
    public void Falls_back_from_a_voice_activity_provider_that_breaks(string where)
    {
        using var call = new CallHarness { VoiceActivity = new BrokenVoiceActivity(Enum.Parse<BrokenVoiceActivity.At>(where)) };
        call.Caller.Says("What time is it?", from: 1, to: 2);
        call.Caller.Says("And tomorrow?", from: 6, to: 7);

        call.RunUntil(12);

        call.Of<StageFailed>()[0].Message.Should().Contain("The call uses the host's energy-based detector");
        call.Of<StageFailed>().Should().OnlyContain(failed => failed.Stage == CallStage.VoiceActivity);
        call.Turns.Select(turn => turn.CallerText).Should().Equal("What time is it?", "And tomorrow?");
    }

    [Test]
    public void Waits_for_the_caller_who_types_after_the_audio_has_ended()
    {
        using var call = new CallHarness();
        var stt = new ScriptedStreamingSpeechToText();
        var transport = new BurstTransport(frames: 10) { EndsWithAudio = false, Ends = true };
        var typed = new Call(
            CallIdentity.None, call.Settings, new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("llm", call.LanguageModel), SpeechToText = SpeechToTextProvider.Alone("stt", stt) },
            transport, call, call.Time, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var running = call.Time.Start(() => typed.RunAsync(CancellationToken.None));
        call.Time.Advance(Seconds(5));
        running.IsCompleted.Should().BeFalse();

        typed.CallerLeft();
        call.Time.RunUntilIdle();

        running.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Test]
    public void Dates_a_voice_from_its_first_sound_though_the_model_is_sure_of_it_later()
    {
        using var call = new CallHarness { VoiceActivity = new LateVoiceActivity(windows: 4) };
        call.Caller.Says("What time is it?", from: 1, to: 2);

        call.RunUntil(6);

        call.Of<VoiceStarted>().Should().ContainSingle().Which.Should().Be(new VoiceStarted(Seconds(1.12), Seconds(1)));
    }

    [Test]
    public void Stops_the_agent_as_soon_where_the_model_is_sure_of_the_voice_later()
    {
        using var call = new CallHarness { VoiceActivity = new LateVoiceActivity(windows: 4) };
        call.LanguageModel.Says("one two three four five six seven eight nine ten eleven twelve.");
        call.Caller.Says("Question?", from: 1, to: 2);
        call.Caller.Says("Stop please.", from: 3.3, to: 4.3);

        call.RunUntil(5);

        call.Of<PlaybackPaused>()[0].At.Should().Be(Seconds(3.5), "200 ms after the first sound, though the model knew of it for 80 ms only");
    }

    /// <summary>Loud windows are speech from so many on.</summary>
    private sealed class LateVoiceActivity(int windows) : IVoiceActivityDetector
    {
        private readonly LoudnessVoiceActivity _inner = new();

        public int SampleRate => _inner.SampleRate;

        public int WindowSamples => _inner.WindowSamples;

        public IVoiceActivityStream Open() => new Stream(windows, _inner.Open());

        private sealed class Stream(int windows, IVoiceActivityStream inner) : IVoiceActivityStream
        {
            private int _loud;

            public float Detect(ReadOnlySpan<short> window)
            {
                var probability = inner.Detect(window);
                _loud = probability > 0 ? _loud + 1 : 0;
                return _loud > windows ? probability : 0;
            }

            public void Reset() => _loud = 0;

            public void Dispose() => inner.Dispose();
        }
    }

    private sealed class BurstTransport(int frames) : ICallTransport
    {
        public AudioFormat OutputFormat { get; } = new(24_000, 1);

        public bool EndsWithAudio { get; init; } = true;

        public bool Ends { get; init; }

        public async IAsyncEnumerable<AudioFrame> ReadCallerAsync([EnumeratorCancellation] CancellationToken ct)
        {
            for (var i = 0; i < frames; i++)
            {
                yield return new AudioFrame(AudioFormat.Speech, new short[320], Seconds(i * 0.02));
            }

            if (!Ends)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }
        }

        public void Play(AudioFrame frame)
        {
        }

        public void ClearPlayback()
        {
        }
    }
}

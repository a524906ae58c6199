using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls;
using Aico.Testing.Calls;

namespace Aico.Host.Tests.Calls.Listening;

public class QuietLineTests
{
    [Test]
    public void Does_not_ask_the_model_while_the_line_is_quiet()
    {
        var model = new CountingVoiceActivity();
        using var call = new CallHarness();
        call.Providers = providers => providers with { VoiceActivity = model };

        call.RunUntil(10);

        model.Windows.Should().Be(16, "it is asked for 320 ms of quiet, 20 ms a window, and not after");
    }

    [Test]
    public void Gives_the_model_the_window_before_the_voice_and_hears_it_as_soon()
    {
        var model = new CountingVoiceActivity();
        using var call = new CallHarness();
        call.Providers = providers => providers with { VoiceActivity = model };
        call.Caller.Says("What time is it?", from: 5, to: 6);

        call.RunUntil(6);

        call.Of<VoiceStarted>().Should().ContainSingle().Which.Should().Be(new VoiceStarted(TimeSpan.FromSeconds(5.04), TimeSpan.FromSeconds(5)));
        model.Windows.Should().Be(16 + 1 + 50, "the quiet, its last window, and a second of voice");
    }

    private sealed class CountingVoiceActivity : IVoiceActivityDetector
    {
        private readonly LoudnessVoiceActivity _inner = new();

        public int Windows { get; private set; }

        public int SampleRate => _inner.SampleRate;

        public int WindowSamples => _inner.WindowSamples;

        public IVoiceActivityStream Open() => new Stream(this, _inner.Open());

        private sealed class Stream(CountingVoiceActivity owner, IVoiceActivityStream inner) : IVoiceActivityStream
        {
            public float Detect(ReadOnlySpan<short> window)
            {
                owner.Windows++;
                return inner.Detect(window);
            }

            public void Reset() => inner.Reset();

            public void Dispose() => inner.Dispose();
        }
    }
}

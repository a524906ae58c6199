using Aico.Abstractions.VoiceActivity;
using Aico.Testing.Calls;

namespace Aico.Host.Tests.Calls.Listening;

/// <summary>A voice activity provider that throws what it should not.</summary>
internal sealed class BrokenVoiceActivity(BrokenVoiceActivity.At where) : IVoiceActivityDetector
{
    private readonly LoudnessVoiceActivity _loudness = new();

    public enum At
    {
        Open,
        Window,
        Detect,
        DetectInSpeech,
        DetectAfterSpeech,
    }

    public int SampleRate => 16_000;

    public int WindowSamples => where == At.Window ? 0 : _loudness.WindowSamples;

    public IVoiceActivityStream Open() => where == At.Open ? throw new DllNotFoundException("libmodel") : new Stream(_loudness.Open(), where);

    private sealed class Stream(IVoiceActivityStream inner, At where) : IVoiceActivityStream
    {
        private int _speech;

        public float Detect(ReadOnlySpan<short> window)
        {
            var probability = inner.Detect(window);
            _speech += probability > 0.5 ? 1 : 0;
            return where == At.Detect || (where == At.DetectInSpeech && _speech > 20)
                || (where == At.DetectAfterSpeech && _speech > 20 && probability < 0.5) ? throw new InvalidOperationException("A bug.") : probability;
        }

        public void Reset() => inner.Reset();

        public void Dispose()
        {
            inner.Dispose();
            if (where == At.Detect)
            {
                throw new InvalidOperationException("A bug.");
            }
        }
    }
}

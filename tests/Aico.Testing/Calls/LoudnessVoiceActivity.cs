using Aico.Abstractions.VoiceActivity;

namespace Aico.Testing.Calls;

/// <summary>Voice activity for scripted callers: a window with more loud samples than silent ones is speech.</summary>
internal sealed class LoudnessVoiceActivity : IVoiceActivityDetector
{
    public int SampleRate => 16_000;

    public int WindowSamples => 320;

    public IVoiceActivityStream Open() => new Stream();

    private sealed class Stream : IVoiceActivityStream
    {
        public float Detect(ReadOnlySpan<short> window)
        {
            var loud = 0;
            foreach (var sample in window)
            {
                loud += Math.Abs((int)sample) > ScriptedCaller.Loud / 2 ? 1 : 0;
            }

            return loud * 2 > window.Length ? 1 : 0;
        }

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}

using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.VoiceActivity;

namespace Aico.Host.Calls.Listening;

/// <summary>The voice activity stream of one call, with the provider or, without one that works, the host's own fallback behind it.</summary>
internal sealed class VoiceActivity(IVoiceActivityStream stream, int windowSamples) : IDisposable
{
    public IVoiceActivityStream Stream => stream;

    public int WindowSamples => windowSamples;

    /// <summary>Opens the provider's stream. Where there is none that works, the fallback, and says so.</summary>
    public static VoiceActivity Open(CallContext call)
    {
        string reason;
        ProviderFailure? failure = null;
        if (call.Providers.VoiceActivity is not { } detector)
        {
            reason = "No voice activity provider is there.";
        }
        else if (detector.SampleRate != AudioFormat.Speech.SampleRate)
        {
            reason = $"The voice activity provider wants {detector.SampleRate} Hz; calls are heard at {AudioFormat.Speech.SampleRate} Hz.";
        }
        else
        {
            try
            {
                return new VoiceActivity(detector.Open(), detector.WindowSamples);
            }
            catch (ProviderException e)
            {
                (reason, failure) = (e.Message, e.Failure);
            }
        }

        var message = $"{reason} The call uses the host's energy-based detector, which takes loud noise for speech.";
        call.Raise(new StageFailed(call.Now, CallStage.VoiceActivity, call.Providers.VoiceActivityKey ?? EnergyVoiceActivity.Key, failure, message));
        var fallback = new EnergyVoiceActivity();
        return new VoiceActivity(fallback.Open(), fallback.WindowSamples);
    }

    public void Dispose() => stream.Dispose();
}

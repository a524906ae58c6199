namespace Aico.Abstractions.VoiceActivity;

/// <summary>Tells speech from silence. One instance holds the model and serves many calls; each call opens a stream with its own state.</summary>
public interface IVoiceActivityDetector
{
    /// <summary>The sample rate that the streams take, in hertz, mono.</summary>
    int SampleRate { get; }

    /// <summary>The number of samples that every window must have.</summary>
    int WindowSamples { get; }

    /// <summary>Opens a stream for one caller. Safe to call from any thread.</summary>
    /// <exception cref="ProviderException">The model cannot be used.</exception>
    IVoiceActivityStream Open();
}

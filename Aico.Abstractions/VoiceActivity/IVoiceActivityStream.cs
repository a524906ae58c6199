namespace Aico.Abstractions.VoiceActivity;

/// <summary>The voice activity of one caller. Used by one thread at a time; never blocks on I/O and allocates nothing per window.</summary>
public interface IVoiceActivityStream : IDisposable
{
    /// <summary>Takes the next window and returns the probability that it holds speech, from 0 to 1.</summary>
    /// <param name="window">Exactly <see cref="IVoiceActivityDetector.WindowSamples"/> samples that follow the window before.</param>
    /// <exception cref="ArgumentException">The window has another size.</exception>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    float Detect(ReadOnlySpan<short> window);

    /// <summary>Forgets what was heard, as if the stream had just been opened.</summary>
    void Reset();
}

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Turns probabilities of windows into the beginning and the end of voice, with hysteresis. Pure: no clock, no I/O.
/// </summary>
/// <remarks>
/// Activation 0.5 and deactivation 0.35 are what others use with the same model. Two windows (64 ms) must be speech, so that a click
/// is none. The hangover is short, since an end of voice only starts work; whether the turn is over is decided later.
/// </remarks>
internal sealed class VoiceGate(TimeSpan window)
{
    public const float Activation = 0.5f;
    public const float Deactivation = 0.35f;
    public const int WindowsToStart = 2;
    private static readonly TimeSpan Hangover = TimeSpan.FromMilliseconds(160);
    private readonly int _windowsToEnd = Math.Max(1, (int)Math.Round(Hangover / window));
    private int _speechWindows;
    private int _silentWindows;
    private TimeSpan _lastSpeechEnd;
    private TimeSpan _candidateStart;

    public enum Change
    {
        None,
        Began,

        /// <summary>Another window of speech: a silence shorter than the hangover is not known to be one until it ends.</summary>
        Lasted,
        Ended,
    }

    public bool IsSpeech { get; private set; }

    /// <summary>Takes the probability of the window that ends at the given time; the result's time is in the audio.</summary>
    public (Change Change, TimeSpan At) Take(float probability, TimeSpan windowEnd)
    {
        if (IsSpeech)
        {
            if (probability >= Deactivation)
            {
                _silentWindows = 0;
                _lastSpeechEnd = windowEnd;
                return (Change.Lasted, windowEnd);
            }

            if (++_silentWindows >= _windowsToEnd)
            {
                IsSpeech = false;
                _speechWindows = 0;
                return (Change.Ended, _lastSpeechEnd);
            }

            return (Change.None, default);
        }

        if (!(probability >= Activation))
        {
            // Also where the detector gave no number.
            _speechWindows = 0;
            return (Change.None, default);
        }

        if (++_speechWindows == 1)
        {
            _candidateStart = windowEnd - window;
        }

        if (_speechWindows < WindowsToStart)
        {
            return (Change.None, default);
        }

        IsSpeech = true;
        _silentWindows = 0;
        _lastSpeechEnd = windowEnd;
        return (Change.Began, _candidateStart);
    }
}

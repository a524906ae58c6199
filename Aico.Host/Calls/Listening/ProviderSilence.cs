using Aico.Abstractions;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Notices a streaming session that takes speech and gives nothing, not even an interim text: a half-open connection. Noise gives
/// nothing either, so the session that follows has twice the time, until one says something. Safe from any thread.
/// </summary>
internal sealed class ProviderSilence(TimeSpan limit)
{
    private readonly Lock _lock = new();
    private TimeSpan _unanswered;
    private int _factor = 1;
    private bool _passed;

    /// <summary>The session said something.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _unanswered = TimeSpan.Zero;
            _factor = 1;
        }
    }

    /// <summary>Speech is sent. Returns the fault where it was too much.</summary>
    public ProviderException? Add(TimeSpan speech)
    {
        lock (_lock)
        {
            _unanswered += speech;
            if (limit <= TimeSpan.Zero || _unanswered < limit * _factor)
            {
                return null;
            }

            var fault = new ProviderException(
                ProviderFailure.TimedOut, $"The speech-to-text provider said nothing to {_unanswered.TotalSeconds:0.#} seconds of speech.");
            _unanswered = TimeSpan.Zero;
            _factor *= 2;
            _passed = true;
            return fault;
        }
    }

    /// <summary>Returns, once, whether silence was why the session was given up: not a failure in a row, since it may be noise.</summary>
    public bool TakePassed()
    {
        lock (_lock)
        {
            var passed = _passed;
            _passed = false;
            return passed;
        }
    }
}

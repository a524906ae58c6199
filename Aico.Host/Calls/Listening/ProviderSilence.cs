using Aico.Abstractions;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Notices a streaming session that takes speech and gives nothing, not even an interim text: a half-open connection. It has a limit for
/// speech that goes on, and one for the silence after it, in which somebody waits for an answer. Noise gives
/// nothing either, so the session that follows has twice the time, until one says something. Safe from any thread.
/// </summary>
internal sealed class ProviderSilence(TimeSpan limit)
{
    // Less speech than that may be a cough, to which there is nothing to say.
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private TimeSpan _unanswered;
    private TimeSpan _waited;
    private int _factor = 1;
    private bool _passed;

    /// <summary>The session said something.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _unanswered = TimeSpan.Zero;
            _waited = TimeSpan.Zero;
            _factor = 1;
        }
    }

    /// <summary>How long the present session may take for words of what was said; zero or less: for ever.</summary>
    public TimeSpan AnswerWithin { get; set; }

    /// <summary>Silence is sent. Returns the fault where words of what was said before it should have come long ago.</summary>
    public ProviderException? Wait(TimeSpan silence)
    {
        lock (_lock)
        {
            if (_unanswered < Word || AnswerWithin <= TimeSpan.Zero)
            {
                return null;
            }

            _waited += silence;
            return _waited < AnswerWithin * _factor ? null : Passed($"The speech-to-text provider said nothing to a turn within {_waited.TotalSeconds:0.#} seconds of its end.");
        }
    }

    /// <summary>Speech is sent. Returns the fault where it was too much.</summary>
    public ProviderException? Add(TimeSpan speech)
    {
        lock (_lock)
        {
            _unanswered += speech;
            _waited = TimeSpan.Zero;
            if (limit <= TimeSpan.Zero || _unanswered < limit * _factor)
            {
                return null;
            }

            return Passed($"The speech-to-text provider said nothing to {_unanswered.TotalSeconds:0.#} seconds of speech.");
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

    private ProviderException Passed(string message)
    {
        _unanswered = TimeSpan.Zero;
        _waited = TimeSpan.Zero;
        _factor *= 2;
        _passed = true;
        return new ProviderException(ProviderFailure.TimedOut, message);
    }
}

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Limits how long a text-to-speech provider may be silent while it owes speech. Time in which nobody takes its speech does not
/// count: a long answer waits for its playback.
/// </summary>
internal sealed class SpeechDeadline : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _passed = new();
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;
    private bool _owes;
    private bool _reading = true;

    public SpeechDeadline(TimeSpan limit, TimeProvider time)
    {
        _limit = limit;
        _timer = time.CreateTimer(_ => Pass(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the provider was silent for too long.</summary>
    public CancellationToken Passed => _passed.Token;

    /// <summary>The provider owes something: to open, to speak, to end.</summary>
    public void Expect()
    {
        lock (_lock)
        {
            _owes = true;
            Arm();
        }
    }

    /// <summary>Speech came and is being handed on.</summary>
    public void Received()
    {
        lock (_lock)
        {
            _reading = false;
            _owes = false;
            Arm();
        }
    }

    /// <summary>The next speech can be taken.</summary>
    public void Reading(bool owesMore)
    {
        lock (_lock)
        {
            _reading = true;
            _owes |= owesMore;
            Arm();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _passed.Dispose();
        }
    }

    private void Arm() => _timer.Change(_owes && _reading ? _limit : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Pass()
    {
        lock (_lock)
        {
            if (!_owes || !_reading)
            {
                // Speech came at the last moment.
                return;
            }
        }

        try
        {
            _passed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The session ended at this moment.
        }
    }
}

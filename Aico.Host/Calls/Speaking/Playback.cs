using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Plays one reply at a time into the transport, at most 200 ms ahead of what is heard, on a playout clock of its own: a transport
/// takes frames long before they are heard, so only this clock knows what the caller heard. Started by the call's loop for each
/// reply; it stops at the reply's end or by <see cref="Stop"/>; pausing drops what was not heard and keeps it for the resumption.
/// </summary>
internal sealed class Playback : IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(200);

    // Waking ten times a second instead of fifty keeps a hundred calls cheap; what is ahead never falls below this while speech is there.
    private static readonly TimeSpan RefillBelow = TimeSpan.FromMilliseconds(100);

    // A gap this long in a reply is no speaking any more (the state's promise is 300 ms).
    private static readonly TimeSpan StarvedAfter = TimeSpan.FromMilliseconds(250);

    // Frontends show words as they are heard; more often than this nobody sees.
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(200);

    private readonly CallContext _call;
    private readonly ICallTransport _transport;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private readonly PlayoutLedger _ledger = new();
    private Reply? _reply;
    private AsyncSignal? _wake;
    private bool _paused;
    private bool _suspended;
    private bool _sounding;
    private TimeSpan _nextProgress;

    public Playback(CallContext call, ICallTransport transport)
    {
        _call = call;
        _transport = transport;
        _timer = call.Clock.Time.CreateTimer(_ => _wake?.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When the last frame that was sent will have been heard, on the call's clock.</summary>
    public TimeSpan HeardOutAt
    {
        get
        {
            lock (_lock)
            {
                return _ledger.QueuedUntil;
            }
        }
    }

    /// <summary>How far the reply was heard, and whether that goes on by itself.</summary>
    public (TimeSpan Position, bool IsMoving) Heard
    {
        get
        {
            lock (_lock)
            {
                return _ledger.Heard(_call.Now);
            }
        }
    }

    /// <summary>Begins to play a reply, as soon as its first speech is there. The one before must have ended.</summary>
    public Task StartAsync(Reply reply)
    {
        lock (_lock)
        {
            _reply = reply;
            _wake = reply.Speech.Changed;
            _ledger.Begin();
            _paused = false;
            _sounding = false;
        }

        return PlayAsync(reply);
    }

    /// <summary>Falls silent at once and remembers where.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            if (_reply is null || _paused)
            {
                return;
            }

            TakeBackUnheard();
            _paused = true;
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            _paused = false;
            _wake?.Set();
        }
    }

    /// <summary>Plays nothing, whichever reply it is, until it is allowed again, and remembers where it was.</summary>
    public void Suspend(bool isSuspended)
    {
        lock (_lock)
        {
            if (isSuspended)
            {
                TakeBackUnheard();
            }

            _suspended = isSuspended;
            _wake?.Set();
        }
    }

    /// <summary>Falls silent at once and ends the reply. Returns how far it was heard.</summary>
    public TimeSpan Stop()
    {
        lock (_lock)
        {
            if (_reply is null)
            {
                // It has come to its end by itself.
                return _ledger.Position;
            }

            TakeBackUnheard();
            _reply = null;
            _wake?.Set();
            return _ledger.Position;
        }
    }

    public void Dispose() => _timer.Dispose();

    private async Task PlayAsync(Reply reply)
    {
        while (true)
        {
            Step step;
            lock (_lock)
            {
                if (_reply != reply)
                {
                    return;
                }

                step = Advance(reply);
                if (step.Finished)
                {
                    _reply = null;
                }
            }

            if (step.Signal is { } signal)
            {
                await _call.Mailbox.PostAsync(signal, CancellationToken.None);
            }

            if (step.Finished)
            {
                return;
            }

            if (reply.Speech.HasMarks)
            {
                // What may interrupt it changes with what is heard, which goes on.
                _call.Mailbox.Wake();
            }

            await reply.Speech.Changed.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Sends what may be sent now and arms the timer for what comes next.</summary>
    private Step Advance(Reply reply)
    {
        if (_paused || _suspended)
        {
            return default;
        }

        var now = _call.Now;
        var began = false;
        while (_ledger.QueuedUntil - now <= Ahead - SpeechBuffer.FrameDuration && TryTake(reply, out var samples, out var position))
        {
            _transport.Play(_ledger.Send(reply.Speech.Format, samples, position, now));
            began |= !_sounding;
            _sounding = true;
        }

        _ledger.Forget(now);
        if (began)
        {
            Arm(_ledger.QueuedUntil - RefillBelow - now);
            return new Step(new CallSignal.PlaybackSounds(reply));
        }

        if (!_ledger.HasUnheard && reply.Speech.IsDrained)
        {
            if (now >= _ledger.QueuedUntil)
            {
                return new Step(new CallSignal.PlaybackFinished(reply), Finished: true);
            }

            Arm(_ledger.QueuedUntil - now);
            return default;
        }

        if (_ledger.QueuedUntil - now > RefillBelow)
        {
            Arm(_ledger.QueuedUntil - RefillBelow - now);
            return Progress(reply, now);
        }

        if (!_sounding)
        {
            return default;
        }

        // Nothing to refill with: either speech comes and wakes the loop, or the gap becomes too long.
        if (now >= _ledger.QueuedUntil + StarvedAfter)
        {
            _sounding = false;
            return new Step(new CallSignal.PlaybackStarved(reply));
        }

        Arm(_ledger.QueuedUntil + StarvedAfter - now);
        return default;
    }

    private bool TryTake(Reply reply, out ReadOnlyMemory<short> samples, out TimeSpan position)
    {
        if (_ledger.TryTakeUnheard(out samples, out position))
        {
            return true;
        }

        position = _ledger.Position;
        return reply.Speech.TryTake(out samples);
    }

    private Step Progress(Reply reply, TimeSpan now)
    {
        if (!_call.FollowsSpeech || now < _nextProgress)
        {
            return default;
        }

        _nextProgress = now + ProgressEvery;
        return new Step(new CallSignal.PlaybackAdvanced(reply));
    }

    private void TakeBackUnheard()
    {
        if (_paused || _suspended)
        {
            // It was done when it stopped.
            return;
        }

        _transport.ClearPlayback();
        _ledger.TakeBack(_call.Now);
        _sounding = false;
    }

    // Whole milliseconds, upwards: the system's timers cut fractions off and would come just too early, again and again.
    private void Arm(TimeSpan due) =>
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(due.TotalMilliseconds))), Timeout.InfiniteTimeSpan);

    private readonly record struct Step(CallSignal? Signal, bool Finished = false);
}

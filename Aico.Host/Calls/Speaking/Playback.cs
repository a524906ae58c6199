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

    private readonly CallContext _call;
    private readonly ICallTransport _transport;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private readonly LinkedList<(AudioFrame Frame, TimeSpan Position)> _sent = new();
    private readonly LinkedList<(ReadOnlyMemory<short> Samples, TimeSpan Position)> _unheard = new();
    private Reply? _reply;
    private AsyncSignal? _wake;
    private TimeSpan _queuedUntil;
    private TimeSpan _position;
    private bool _paused;
    private bool _sounding;

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
                return _queuedUntil;
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
                var ahead = _queuedUntil - _call.Now;
                return ahead > TimeSpan.Zero ? (_position - ahead, true) : (_position, false);
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
            _position = TimeSpan.Zero;
            _sent.Clear();
            _unheard.Clear();
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

            _paused = true;
            TakeBackUnheard();
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

    /// <summary>Falls silent at once and ends the reply. Returns how far it was heard.</summary>
    public TimeSpan Stop()
    {
        lock (_lock)
        {
            if (_reply is null)
            {
                // It has come to its end by itself.
                return _position;
            }

            if (!_paused)
            {
                TakeBackUnheard();
            }

            _reply = null;
            _wake?.Set();
            return _position;
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
        if (_paused)
        {
            return default;
        }

        var now = _call.Now;
        var began = false;
        while (_queuedUntil - now <= Ahead - SpeechBuffer.FrameDuration && TryTake(reply, out var samples, out var position))
        {
            var format = reply.Speech.Format;
            var frame = new AudioFrame(format, samples, _queuedUntil > now ? _queuedUntil : now);
            _queuedUntil = frame.End;
            _position = position + frame.Duration;
            _sent.AddLast((frame, position));
            _transport.Play(frame);
            began |= !_sounding;
            _sounding = true;
        }

        while (_sent.First is { } oldest && oldest.Value.Frame.End <= now)
        {
            _sent.RemoveFirst();
        }

        if (began)
        {
            Arm(_queuedUntil - RefillBelow - now);
            return new Step(new CallSignal.PlaybackSounds(reply));
        }

        if (_unheard.Count == 0 && reply.Speech.IsDrained)
        {
            if (now >= _queuedUntil)
            {
                return new Step(new CallSignal.PlaybackFinished(reply), Finished: true);
            }

            Arm(_queuedUntil - now);
            return default;
        }

        if (_queuedUntil - now > RefillBelow)
        {
            Arm(_queuedUntil - RefillBelow - now);
            return default;
        }

        if (!_sounding)
        {
            return default;
        }

        // Nothing to refill with: either speech comes and wakes the loop, or the gap becomes too long.
        if (now >= _queuedUntil + StarvedAfter)
        {
            _sounding = false;
            return new Step(new CallSignal.PlaybackStarved(reply));
        }

        Arm(_queuedUntil + StarvedAfter - now);
        return default;
    }

    private bool TryTake(Reply reply, out ReadOnlyMemory<short> samples, out TimeSpan position)
    {
        if (_unheard.First is { } first)
        {
            (samples, position) = first.Value;
            _unheard.RemoveFirst();
            return true;
        }

        position = _position;
        return reply.Speech.TryTake(out samples);
    }

    private void TakeBackUnheard()
    {
        var now = _call.Now;
        _transport.ClearPlayback();
        while (_sent.Last is { } last && last.Value.Frame.End > now)
        {
            var (frame, position) = last.Value;
            var heard = Math.Clamp(frame.Format.SamplesIn(now - frame.Offset), 0, frame.Samples.Length);
            _unheard.AddFirst((frame.Samples[heard..], position + frame.Format.DurationOf(heard)));
            _sent.RemoveLast();
        }

        if (_unheard.First is { } first)
        {
            _position = first.Value.Position;
        }

        _sent.Clear();
        _queuedUntil = now;
        _sounding = false;
    }

    // Whole milliseconds, upwards: the system's timers cut fractions off and would come just too early, again and again.
    private void Arm(TimeSpan due) =>
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(due.TotalMilliseconds))), Timeout.InfiniteTimeSpan);

    private readonly record struct Step(CallSignal? Signal, bool Finished = false);
}

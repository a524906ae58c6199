namespace Aico.Host.Calls.TurnTaking;

/// <summary>
/// Decides whose turn it is. A pure state machine: facts and the time go in, actions come out, and <see cref="NextDeadline"/> says
/// when time alone will change something. All times are on the call's clock.
/// </summary>
internal sealed class TurnDetector(AgentSettings settings, IEndOfTurnPredictor predictor)
{
    // Voice this long after a taken turn means that the caller goes on, whatever the words will be.
    private static readonly TimeSpan GoingOnAfter = TimeSpan.FromSeconds(1);

    private readonly EndpointingDelay _delay = new(settings.Endpointing);
    private readonly CallerSpeech _speech = new();
    private readonly Preparation _preparation = new(settings.Preemptive);
    private AgentActivity _activity;
    private InterruptionSettings _rules = settings.Interruption;
    private TimeSpan? _turnStart;
    private bool _beganOverAgent;
    private bool _providerEnded;
    private string _taken = "";
    private bool _held;
    private TimeSpan _settledUntil = TimeSpan.MinValue / 2;

    /// <summary>True: answers are prepared only for plainly complete words.</summary>
    public bool IsCareful
    {
        get => _preparation.IsCareful;
        set => _preparation.IsCareful = value;
    }

    public bool IsCallerSpeaking => _speech.IsVoice;

    /// <summary>True while the caller's turn is under way or waits for its words.</summary>
    public bool HasOpenTurn => _turnStart is not null && _activity == AgentActivity.Idle;

    public void VoiceBegan(TimeSpan start, TimeSpan now, List<TurnAction> actions)
    {
        if (_turnStart is null)
        {
            _turnStart = start;
            _beganOverAgent = _activity == AgentActivity.Speaking;
        }
        else if (_activity != AgentActivity.Speaking)
        {
            _delay.Learn(start - _speech.VoiceEnd, wasTakenTooEarly: _activity == AgentActivity.Answering);
        }

        _speech.Begin(start);
        _providerEnded = false;
        if (_activity == AgentActivity.Answering && !_held && _rules.Enabled)
        {
            // Nothing was heard yet, so waiting costs nothing.
            _held = true;
            actions.Add(new TurnAction.Hold());
        }

        Evaluate(now, actions);
    }

    public void VoiceStopped(TimeSpan end, TimeSpan now, List<TurnAction> actions)
    {
        _speech.Stop(end);
        Evaluate(now, actions);
    }

    public void WordsChanged(string words, bool isFinal, TimeSpan coveredUntil, TimeSpan now, List<TurnAction> actions)
    {
        if (_turnStart is null && coveredUntil <= _settledUntil + CallerSpeech.CoverageTolerance)
        {
            // A late text of audio that was answered already.
            return;
        }

        _speech.Understood(words, isFinal, coveredUntil);
        if (_turnStart is null && _speech.Words.Length > 0)
        {
            // Voice activity missed it, the provider did not: words are the better witness.
            _turnStart = coveredUntil;
            _speech.WasMissed(coveredUntil);
            _beganOverAgent = _activity == AgentActivity.Speaking;
        }

        Evaluate(now, actions);
    }

    public void ProviderEndedTurn(bool isEager, TimeSpan now, List<TurnAction> actions)
    {
        _providerEnded |= !isEager;
        if (isEager && _activity == AgentActivity.Idle)
        {
            Prepare(actions);
        }

        Evaluate(now, actions);
    }

    public void AgentBecame(AgentActivity activity, InterruptionSettings rules, TimeSpan now, List<TurnAction> actions)
    {
        if (activity != _activity && activity == AgentActivity.Idle)
        {
            _held = false;
        }

        _activity = activity;
        _rules = rules;
        Evaluate(now, actions);
    }

    public void DeadlineCame(TimeSpan now, List<TurnAction> actions) => Evaluate(now, actions);

    /// <summary>The words up to the given time are dealt with. What the caller said since is the beginning of the next turn.</summary>
    public void Settle(TimeSpan until)
    {
        _settledUntil = until;
        var goesOn = _speech.IsVoice || _speech.VoiceStart > until;
        _turnStart = goesOn && _turnStart is not null ? _speech.VoiceStart : null;
        _beganOverAgent = goesOn && _activity == AgentActivity.Speaking;
        ForgetWords();
    }

    /// <summary>When time alone will change something; null where only a new fact can.</summary>
    public TimeSpan? NextDeadline(TimeSpan now)
    {
        TimeSpan? next = null;
        void Consider(TimeSpan at)
        {
            if (at > now && (next is null || at < next))
            {
                next = at;
            }
        }

        if (_turnStart is null)
        {
            return null;
        }

        if (_speech.IsVoice)
        {
            Consider(_speech.VoiceStart + _rules.MinimumDuration);
            Consider(_speech.VoiceStart + GoingOnAfter);
        }
        else if (_activity == AgentActivity.Idle)
        {
            var due = _speech.VoiceEnd + Delay();
            Consider(due);
            Consider(due + settings.Endpointing.FinalTextTimeout);
        }
        else
        {
            Consider(_speech.VoiceEnd + _rules.FalseInterruptionTimeout);
        }

        return next;
    }

    private void Evaluate(TimeSpan now, List<TurnAction> actions)
    {
        if (_turnStart is null)
        {
            return;
        }

        switch (_activity)
        {
            case AgentActivity.Idle:
                EvaluateTurn(now, actions);
                break;
            case AgentActivity.Answering:
                EvaluateGoingOn(now, actions);
                break;
            case AgentActivity.Speaking:
                EvaluateInterruption(now, actions);
                break;
        }
    }

    private void EvaluateTurn(TimeSpan now, List<TurnAction> actions)
    {
        if (_speech.IsVoice)
        {
            if (_preparation.IsUnderWay && now - _speech.VoiceStart >= settings.Interruption.MinimumDuration)
            {
                _preparation.Discard(actions);
            }

            return;
        }

        var isOver = _speech.IsOver;
        if (isOver && (_speech.Words.Length == 0 || (_beganOverAgent && IsBackchannel())))
        {
            Forget(actions);
            return;
        }

        if (_speech.Words.Length > 0 && _speech.CoversVoice)
        {
            Prepare(actions);
        }

        var delay = Delay();
        var due = _speech.VoiceEnd + delay;
        if ((isOver && (now >= due || _providerEnded)) || (now >= due + settings.Endpointing.FinalTextTimeout && _speech.Words.Length > 0))
        {
            var applied = _providerEnded && now < due ? now - _speech.VoiceEnd : delay;
            _taken = _speech.Words;
            _providerEnded = false;
            _preparation.Reset();
            actions.Add(new TurnAction.Take(_speech.Words, _turnStart!.Value, _speech.VoiceEnd, applied));
        }
        else if (now >= due + settings.Endpointing.FinalTextTimeout)
        {
            Forget(actions);
        }
    }

    private void EvaluateGoingOn(TimeSpan now, List<TurnAction> actions)
    {
        if (!_held)
        {
            return;
        }

        var hasNewWords = !Preparation.AreSame(_speech.Words, _taken) && _speech.Words.Length > 0;
        if (_speech.IsVoice)
        {
            var duration = _speech.DurationAt(now);
            if (duration >= GoingOnAfter || (hasNewWords && duration >= _rules.MinimumDuration))
            {
                Reopen(actions);
            }
        }
        else if (_speech.IsOver)
        {
            if (hasNewWords)
            {
                Reopen(actions);
            }
            else
            {
                Release(actions);
            }
        }
        else if (now >= _speech.VoiceEnd + _rules.FalseInterruptionTimeout)
        {
            Release(actions);
        }
    }

    private void EvaluateInterruption(TimeSpan now, List<TurnAction> actions)
    {
        var duration = _speech.DurationAt(now);
        switch (InterruptionPolicy.Decide(_rules, duration, _speech.Words, _speech.IsOver, IsBackchannel()))
        {
            case InterruptionPolicy.Verdict.Interrupt:
                _held = false;
                actions.Add(new TurnAction.Interrupt());
                break;
            case InterruptionPolicy.Verdict.Pause when !_held && _speech.IsVoice:
                _held = true;
                actions.Add(new TurnAction.Hold());
                break;
            case InterruptionPolicy.Verdict.Continue:
                Release(actions);
                if (_speech.IsOver && (_speech.Words.Length == 0 || IsBackchannel()))
                {
                    Forget(actions);
                }

                break;
        }

        if (_held && !_speech.IsVoice && now >= _speech.VoiceEnd + _rules.FalseInterruptionTimeout)
        {
            if (_rules.FalseInterruptionTimeout > TimeSpan.Zero)
            {
                Release(actions);
            }
            else
            {
                _held = false;
                actions.Add(new TurnAction.Interrupt());
            }
        }
    }

    private void Prepare(List<TurnAction> actions) =>
        _preparation.Consider(_speech.Words, _speech.VoiceEnd - _turnStart!.Value, Completeness(), actions);

    private void Forget(List<TurnAction> actions)
    {
        _preparation.Discard(actions);
        actions.Add(new TurnAction.Forget(_speech.VoiceEnd));
        Settle(_speech.VoiceEnd);
    }

    private void Reopen(List<TurnAction> actions)
    {
        _held = false;
        actions.Add(new TurnAction.Reopen());
    }

    private void Release(List<TurnAction> actions)
    {
        if (_held)
        {
            _held = false;
            actions.Add(new TurnAction.Release());
        }
    }

    private void ForgetWords()
    {
        _speech.ForgetWords();
        _taken = "";
        _providerEnded = false;
        _preparation.Reset();
    }

    private TimeSpan Delay() => _speech.Words.Length == 0 ? _delay.For(TurnCompleteness.Unclear) : _delay.For(Completeness());

    private TurnCompleteness Completeness() => predictor.Predict(_speech.Words, settings.Language);

    private bool IsBackchannel() => Backchannel.IsOnlyBackchannel(_speech.Words, settings.Language, _rules.Backchannels);
}

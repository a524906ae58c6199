namespace Aico.Host.Calls.TurnTaking;

/// <summary>
/// Decides whose turn it is. A pure state machine: facts and the time go in, actions come out, and <see cref="NextDeadline"/> says
/// when time alone will change something. All times are on the call's clock.
/// </summary>
internal sealed class TurnDetector
{
    private readonly AgentSettings _settings;
    private readonly IEndOfTurnPredictor _predictor;
    private readonly EndpointingDelay _delay;
    private readonly CallerSpeech _speech = new();
    private readonly Preparation _preparation;
    private readonly Overlap _overlap;
    private AgentActivity _activity;
    private TimeSpan? _turnStart;
    private TimeSpan _pause;
    private bool _beganOverAgent;
    private bool _providerEnded;
    private bool _decided;
    private string _taken = "";
    private TimeSpan _settledUntil = TimeSpan.MinValue / 2;

    public TurnDetector(AgentSettings settings, IEndOfTurnPredictor predictor)
    {
        _settings = settings;
        _predictor = predictor;
        _delay = new EndpointingDelay(settings.Endpointing);
        _preparation = new Preparation(settings.Preemptive);
        _overlap = new Overlap(settings, _speech);
    }

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
        _pause = TimeSpan.Zero;
        if (_turnStart is null)
        {
            _turnStart = start;
            _beganOverAgent = _activity == AgentActivity.Speaking;
        }
        else
        {
            _pause = start - _speech.VoiceEnd;
            if (_activity == AgentActivity.Idle)
            {
                _delay.Learn(_pause, wasTakenTooEarly: false);
            }
        }

        _speech.Begin(start);
        _overlap.VoiceBegan();
        _providerEnded = false;
        if (_activity == AgentActivity.Answering)
        {
            _overlap.HoldUnheard(actions);
        }

        Evaluate(now, actions);
    }

    public void VoiceLasted(TimeSpan until, TimeSpan now, List<TurnAction> actions)
    {
        _speech.Last(until);
        Evaluate(now, actions);
    }

    public void VoiceStopped(TimeSpan end, TimeSpan now, List<TurnAction> actions)
    {
        _speech.Stop(end);
        Evaluate(now, actions);
    }

    /// <returns>False where the words belong to audio that was dealt with already.</returns>
    public bool WordsChanged(string words, bool isFinal, TimeSpan coveredUntil, TimeSpan now, List<TurnAction> actions)
    {
        if (coveredUntil <= (_turnStart is null ? _settledUntil + CallerSpeech.CoverageTolerance : _settledUntil))
        {
            return false;
        }

        WordsRemain(words, isFinal, coveredUntil);
        var isKnown = _turnStart is not null;
        Evaluate(now, actions);
        return isKnown;
    }

    /// <summary>Takes the words that are left after <see cref="Settle"/>; decides nothing yet.</summary>
    public void WordsRemain(string words, bool isFinal, TimeSpan coveredUntil)
    {
        _speech.Understood(words, isFinal, coveredUntil);
        if (_turnStart is null && _speech.Words.Length > 0)
        {
            // Voice activity missed it, the provider did not: words are the better witness.
            _turnStart = coveredUntil;
            _speech.WasMissed(coveredUntil);
            _beganOverAgent = _activity == AgentActivity.Speaking;
        }
    }

    public void ProviderEndedTurn(bool isEager, TimeSpan now, List<TurnAction> actions)
    {
        if (_turnStart is null)
        {
            return;
        }

        _providerEnded |= !isEager;
        if (isEager && _activity == AgentActivity.Idle)
        {
            Prepare(now, actions);
        }

        Evaluate(now, actions);
    }

    /// <summary>Says what the agent is at, always after <see cref="TurnAction.Take"/>, Interrupt and Reopen: until then nothing else is decided.</summary>
    public void AgentBecame(AgentActivity activity, InterruptionSettings rules, TimeSpan now, List<TurnAction> actions)
    {
        _decided = false;
        _activity = activity;
        _overlap.Rules = rules;
        if (activity != AgentActivity.Speaking)
        {
            _overlap.Reset();
        }

        if (activity == AgentActivity.Answering)
        {
            _overlap.HoldUnheard(actions);
        }

        Evaluate(now, actions);
    }

    public void DeadlineCame(TimeSpan now, List<TurnAction> actions) => Evaluate(now, actions);

    /// <summary>The words up to the given time are dealt with. What the caller said since is the beginning of the next turn.</summary>
    public void Settle(TimeSpan until, List<TurnAction> actions)
    {
        _settledUntil = until > _settledUntil ? until : _settledUntil;
        var goesOn = _speech.IsVoice || _speech.VoiceStart > until;
        _turnStart = goesOn && _turnStart is not null ? _speech.VoiceStart : null;
        _beganOverAgent = goesOn && _activity == AgentActivity.Speaking;
        _speech.ForgetWords();
        _taken = "";
        _providerEnded = false;
        _preparation.Discard(actions);
        _preparation.Reset();
        if (_turnStart is null)
        {
            // Nothing is left that could release it.
            _overlap.Release(actions);
        }
    }

    /// <summary>When time alone will change something; null where only a new fact can.</summary>
    public TimeSpan? NextDeadline(TimeSpan now)
    {
        if (_turnStart is null)
        {
            return null;
        }

        if (_activity != AgentActivity.Idle)
        {
            return _overlap.NextDeadline(now);
        }

        var due = _speech.VoiceEnd + Delay();
        var prepares = _preparation.WaitsForSilence(Completeness()) ? LongSilent() : due;
        return _speech.IsVoice ? null : Moments.Next(now, prepares, due, due + _settings.Endpointing.FinalTextTimeout);
    }

    private void Evaluate(TimeSpan now, List<TurnAction> actions)
    {
        if (_turnStart is null || _decided)
        {
            return;
        }

        switch (_activity)
        {
            case AgentActivity.Idle:
                EvaluateTurn(now, actions);
                break;
            case AgentActivity.Answering when _overlap.BeforeHeard(now, _taken, actions) == Overlap.Verdict.TakesTurn:
                _delay.Learn(_pause, wasTakenTooEarly: true);
                Decide(new TurnAction.Reopen(), actions);
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
            if (_speech.IsReadOut)
            {
                // The provider has heard the silence already that voice activity waits for to be sure: 100 ms earlier to answer.
                Prepare(now, actions);
            }
            else if (_preparation.IsUnderWay && _speech.VoiceDuration >= _settings.Interruption.MinimumDuration)
            {
                _preparation.Discard(actions);
            }

            return;
        }

        var isOver = _speech.IsOver;
        if (isOver && (_speech.Words.Length == 0 || (_beganOverAgent && _overlap.IsBackchannel(_speech.Words))))
        {
            Forget(isLate: false, actions);
            return;
        }

        if (_speech.Words.Length > 0 && _speech.CoversVoice)
        {
            Prepare(now, actions);
        }

        var delay = Delay();
        var due = _speech.VoiceEnd + delay;
        var isLate = now >= due + _settings.Endpointing.FinalTextTimeout;
        if ((isOver && (now >= due || _providerEnded)) || (isLate && _speech.Words.Length > 0))
        {
            var applied = _providerEnded && now < due ? now - _speech.VoiceEnd : delay;
            _taken = _speech.Words;
            _providerEnded = false;
            _preparation.WasTaken();
            Decide(new TurnAction.Take(_speech.Words, _turnStart!.Value, _speech.VoiceEnd, applied), actions);
        }
        else if (isLate)
        {
            Forget(isLate, actions);
        }
    }

    private void EvaluateInterruption(TimeSpan now, List<TurnAction> actions)
    {
        switch (_overlap.WhileHeard(now, actions))
        {
            case Overlap.Verdict.TakesTurn:
                Decide(new TurnAction.Interrupt(), actions);
                break;
            case Overlap.Verdict.Forget:
                Forget(isLate: false, actions);
                break;
        }
    }

    private void Decide(TurnAction action, List<TurnAction> actions)
    {
        _decided = true;
        actions.Add(action);
    }

    private void Prepare(TimeSpan now, List<TurnAction> actions) => _preparation.Consider(
        _speech.Words, _speech.VoiceEnd - _turnStart!.Value, Completeness(), isLongSilent: now >= LongSilent(), actions);

    /// <summary>Half of the delay: most callers who go on have done so by then, and the answer has the other half to be made in.</summary>
    private TimeSpan LongSilent() => _speech.VoiceEnd + (Delay() / 2);

    private void Forget(bool isLate, List<TurnAction> actions)
    {
        actions.Add(new TurnAction.Forget(_speech.VoiceEnd, isLate));
        Settle(_speech.VoiceEnd, actions);
    }

    private TimeSpan Delay() => _speech.Words.Length == 0 ? _delay.For(TurnCompleteness.Unclear) : _delay.For(Completeness());

    private TurnCompleteness Completeness() => _predictor.Predict(_speech.Words, _settings.Language);
}

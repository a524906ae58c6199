namespace Aico.Host.Calls.TurnTaking;

/// <summary>What the caller's voice means while an answer is made or heard: whether to hold it, go on, or give it up. Pure.</summary>
internal sealed class Overlap(AgentSettings settings, CallerSpeech speech)
{
    // Voice this long after a taken turn means that the caller goes on, whatever the words will be.
    private static readonly TimeSpan GoingOnAfter = TimeSpan.FromSeconds(1);

    private bool _held;
    private bool _isNoise;

    public enum Verdict
    {
        Nothing,

        /// <summary>The caller wants the turn, or goes on with it.</summary>
        TakesTurn,

        /// <summary>What was said needs no answer.</summary>
        Forget,
    }

    /// <summary>The rules of the agent's present state.</summary>
    public InterruptionSettings Rules { get; set; } = settings.Interruption;

    // Where the speech never resumes by itself there is still a moment at which the words have to be there.
    private TimeSpan ResumeAfter => Rules.FalseInterruptionTimeout > TimeSpan.Zero ? Rules.FalseInterruptionTimeout : settings.Endpointing.FinalTextTimeout;

    /// <summary>Another reply, or none: nothing is held any more.</summary>
    public void Reset() => _held = false;

    public void VoiceBegan() => _isNoise = false;

    /// <summary>Holds an answer that was not heard yet: waiting costs nothing.</summary>
    public void HoldUnheard(List<TurnAction> actions)
    {
        if (Rules.Enabled && speech.IsVoice)
        {
            Hold(actions);
        }
    }

    public void Release(List<TurnAction> actions)
    {
        if (_held)
        {
            _held = false;
            actions.Add(new TurnAction.Release());
        }
    }

    /// <summary>The turn was taken with these words, and nothing of the answer was heard.</summary>
    public Verdict BeforeHeard(TimeSpan now, string taken, List<TurnAction> actions)
    {
        var added = WordComparison.After(speech.Words, taken);
        var goesOn = added.Length > 0 && !IsBackchannel(added);
        if (!_held)
        {
            // The words came later than the decision, or voice activity missed them: better answered whole than in two turns.
            return Rules.Enabled && goesOn && speech.IsOver ? Verdict.TakesTurn : Verdict.Nothing;
        }

        if (speech.IsVoice)
        {
            var duration = speech.VoiceDuration;
            return duration >= GoingOnAfter || (goesOn && duration >= Rules.MinimumDuration) ? Verdict.TakesTurn : Verdict.Nothing;
        }

        if (speech.IsOver && goesOn)
        {
            return Verdict.TakesTurn;
        }

        if (speech.IsOver || now >= speech.VoiceEnd + ResumeAfter)
        {
            Release(actions);
        }

        return Verdict.Nothing;
    }

    public Verdict WhileHeard(TimeSpan now, List<TurnAction> actions)
    {
        var words = speech.LatestWords;
        switch (InterruptionPolicy.Decide(Rules, speech.VoiceDuration, words, speech.IsOver, IsBackchannel(words)))
        {
            case InterruptionPolicy.Verdict.Interrupt:
                return Verdict.TakesTurn;
            case InterruptionPolicy.Verdict.Pause when speech.IsVoice && !_isNoise:
                Hold(actions);
                break;
            case InterruptionPolicy.Verdict.Continue:
                if (_held && words.Length == 0 && Rules.FalseInterruptionTimeout <= TimeSpan.Zero)
                {
                    return Verdict.TakesTurn;
                }

                Release(actions);
                if (speech.IsOver && (speech.Words.Length == 0 || IsBackchannel(speech.Words)))
                {
                    return Verdict.Forget;
                }

                break;
        }

        return _held ? WhileHeld(now, actions) : Verdict.Nothing;
    }

    /// <summary>When time alone will change something.</summary>
    public TimeSpan? NextDeadline(TimeSpan now) => speech.IsVoice ? null : Moments.Next(now, speech.VoiceEnd + ResumeAfter);

    public bool IsBackchannel(string words) => Backchannel.IsOnlyBackchannel(words, settings.Language, Rules.Backchannels);

    private Verdict WhileHeld(TimeSpan now, List<TurnAction> actions)
    {
        if (speech.IsVoice)
        {
            if (speech.LatestWords.Length == 0 && speech.CoveredOfVoice >= ResumeAfter)
            {
                // It was read and there are no words in it: the agent must not wait for a vacuum cleaner to end.
                _isNoise = true;
                Release(actions);
            }

            return Verdict.Nothing;
        }

        if (now < speech.VoiceEnd + ResumeAfter)
        {
            return Verdict.Nothing;
        }

        if (Rules.FalseInterruptionTimeout <= TimeSpan.Zero)
        {
            return Verdict.TakesTurn;
        }

        Release(actions);
        return Verdict.Nothing;
    }

    private void Hold(List<TurnAction> actions)
    {
        if (!_held)
        {
            _held = true;
            actions.Add(new TurnAction.Hold());
        }
    }
}

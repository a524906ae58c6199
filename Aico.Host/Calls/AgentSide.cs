using Aico.Abstractions;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Calls;

/// <summary>
/// The agent's side of the dialogue: does what the turn detector has decided, and keeps replies, states, detector and transcriber
/// at one. Used by the call's loop only.
/// </summary>
internal sealed class AgentSide(
    CallContext call, TurnDetector detector, Replies replies, ITranscriber? transcriber, CallStates states, CallerText callerText)
{
    // An action can lead to others, which are added behind it, also while one is being done.
    private readonly List<TurnAction> _actions = [];
    private TimeSpan? _givenUp;
    private InterruptionSettings _rules = call.Settings.Interruption;

    /// <summary>Where the detector adds what it wants done; <see cref="Act()"/> does it.</summary>
    public List<TurnAction> Actions => _actions;

    /// <summary>Up to here the words have been dealt with.</summary>
    public TimeSpan SettledUntil { get; private set; }

    /// <summary>True: the agent says its last words and takes no more turns.</summary>
    public bool IsLeaving { get; private set; }

    public bool IsQuiet => replies.Active is null && !detector.IsCallerSpeaking && !detector.HasOpenTurn;

    public void Act()
    {
        while (_actions.Count > 0)
        {
            var action = _actions[0];
            _actions.RemoveAt(0);
            Act(action);
        }

        detector.IsCareful = replies.Waste.IsTooMuch;
    }

    /// <summary>Says something unasked. It waits for nothing: whatever is being said must have been concluded.</summary>
    public void Say(ReplyKind kind, string words, bool isInterruptible = true)
    {
        IsLeaving |= kind == ReplyKind.Goodbye;
        replies.Say(kind, words, isInterruptible);
        IsAnswering();
        Act();
    }

    public void Answer(CallerTurn turn, TimeSpan delay)
    {
        call.Raise(new TurnDecided(call.Now, replies.NextTurn, turn.Words, delay));
        replies.Answer(turn);
        IsAnswering();
    }

    /// <summary>Ends the active reply. Where it was not heard the caller's words for it are still open, and are dealt with here.</summary>
    public Reply Conclude(bool interrupted)
    {
        var until = replies.WasHeard ? null : replies.AnsweredUntil;
        var reply = replies.Conclude(interrupted);
        if (until is { } answered)
        {
            Settle(answered);
        }

        return reply;
    }

    public void BecameIdle()
    {
        states.AgentIs(AgentState.Listening);
        detector.AgentBecame(AgentActivity.Idle, call.Settings.Interruption, call.Now, _actions);
    }

    public void Sounded()
    {
        if (replies.Sounded() && replies.AnsweredUntil is { } until)
        {
            // From here on what the caller says is a new turn.
            Settle(until);
        }

        states.AgentIs(AgentState.Speaking);
        TellDetector();
    }

    /// <summary>What is heard goes on from interruptible to uninterruptible text, or back.</summary>
    public void FollowRules()
    {
        if (replies.WasHeard && replies.Rules != _rules)
        {
            TellDetector();
            Act();
        }
    }

    /// <summary>The words up to the given time are dealt with, in the detector and in the transcriber.</summary>
    public void Settle(TimeSpan until)
    {
        detector.Settle(until, _actions);
        SettleWords(until);
    }

    /// <summary>Returns, once, how far speech was given up because its words did not come although they are being read.</summary>
    public TimeSpan? TakeGivenUp()
    {
        var until = _givenUp;
        _givenUp = null;
        return until;
    }

    private void Act(TurnAction action)
    {
        switch (action)
        {
            case TurnAction.Prepare prepare:
                replies.Prepare(prepare.Words);
                break;
            case TurnAction.Discard:
                replies.Discard();
                break;
            case TurnAction.Take take:
                Answer(new CallerTurn(take.Words, take.Start, take.End, callerText.FinalAt, call.Now), take.Delay);
                break;
            case TurnAction.Hold:
                replies.Hold();
                states.AgentIs(replies.WasHeard ? AgentState.Listening : AgentState.Thinking);
                break;
            case TurnAction.Release when replies.IsHeld:
                replies.Release();
                states.AgentIs(AgentState.Thinking);
                break;
            case TurnAction.Interrupt when replies.Active is not null:
                Conclude(interrupted: true);
                BecameIdle();
                break;
            case TurnAction.Reopen when replies.Active is not null:
                Reopen();
                break;
            case TurnAction.Forget forget:
                _givenUp = forget.IsLate && transcriber is { IsReading: true } ? forget.Until : _givenUp;
                SettleWords(forget.Until);
                break;
        }
    }

    private void Reopen()
    {
        var answered = replies.AnsweredUntil;
        if (!replies.TakeBack() && answered is { } until)
        {
            // Tools have run for these words: they stay answered, and what comes now is a turn of its own.
            Settle(until);
        }

        BecameIdle();
    }

    private void IsAnswering()
    {
        states.AgentIs(AgentState.Thinking);
        TellDetector();
    }

    private void TellDetector()
    {
        _rules = replies.Rules;
        detector.AgentBecame(replies.Activity, _rules, call.Now, _actions);
    }

    private void SettleWords(TimeSpan until)
    {
        SettledUntil = until > SettledUntil ? until : SettledUntil;
        if (transcriber?.Settle(SettledUntil) is { } rest)
        {
            detector.WordsRemain(rest.Text, rest.IsFinal, rest.CoveredUntil);
            callerText.Became(rest.Text, rest.IsFinal, call.Now);
        }
    }
}

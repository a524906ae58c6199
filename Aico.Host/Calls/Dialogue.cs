using System.Runtime.ExceptionServices;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Calls;

/// <summary>
/// What the call's loop does with each signal: facts go to the turn detector, and what it decides happens to the replies. Everything
/// here runs on the loop, one signal at a time.
/// </summary>
internal sealed class Dialogue(
    CallContext call, TurnDetector detector, Replies replies, ITranscriber? transcriber, CallStates states, SilenceWatch silence)
{
    private readonly List<TurnAction> _actions = [];
    private readonly Queue<string> _typed = new();
    private TimeSpan? _finalTextAt;
    private bool _callerLeft;
    private int _failedTurns;
    private CallEndReason? _endsAfterGoodbye;

    /// <summary>Set when the call is over.</summary>
    public CallEndReason? Ended { get; private set; }

    /// <summary>When time alone will change something.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            var next = detector.NextDeadline(call.Now);
            if (_endsAfterGoodbye is null)
            {
                next = Earlier(next, call.Settings.MaximumDuration);
                next = Earlier(next, IsQuiet ? silence.NextDeadline : null);
            }

            return next;
        }
    }

    private bool IsQuiet => replies.Active is null && !detector.IsCallerSpeaking && !detector.HasOpenTurn;

    public void Begin()
    {
        states.AgentIs(AgentState.Listening);
        silence.CallerWasActive(call.Now);
        if (!string.IsNullOrWhiteSpace(call.Settings.Greeting))
        {
            Say(ReplyKind.Greeting, call.Settings.Greeting);
        }
    }

    public void Handle(CallSignal signal)
    {
        var now = call.Now;
        switch (signal)
        {
            case CallSignal.VoiceBegan began:
                silence.CallerWasActive(now);
                states.CallerIs(CallerState.Speaking);
                call.Raise(new VoiceStarted(now, began.Start));
                _finalTextAt = null;
                detector.VoiceBegan(began.Start, now, _actions);
                break;
            case CallSignal.VoiceStopped stopped:
                silence.CallerWasActive(now);
                states.CallerIs(CallerState.Listening);
                call.Raise(new VoiceEnded(now, stopped.End));
                detector.VoiceStopped(stopped.End, now, _actions);
                break;
            case CallSignal.Words words:
                call.Raise(new CallerTextChanged(now, replies.NextTurn, words.Text, words.IsFinal));
                _finalTextAt = words.IsFinal ? _finalTextAt ?? now : null;
                detector.WordsChanged(words.Text, words.IsFinal, words.CoveredUntil, now, _actions);
                break;
            case CallSignal.ProviderEndOfTurn end:
                detector.ProviderEndedTurn(end.IsEager, now, _actions);
                break;
            case CallSignal.ListeningFailed failed:
                CouldNotHear(failed, now);
                break;
            case CallSignal.Typed typed:
                silence.CallerWasActive(now);
                _typed.Enqueue(typed.Text);
                break;
            case CallSignal.CallerLeft:
                _callerLeft = true;
                break;
            case CallSignal.Broke broke:
                ExceptionDispatchInfo.Throw(broke.Error);
                return;
            case CallSignal.Report report:
                call.Raise(report.Event);
                return;
            case CallSignal.PlaybackSounds sounds when sounds.Reply == replies.Active:
                Sounded(now);
                break;
            case CallSignal.PlaybackStarved starved when starved.Reply == replies.Active && !replies.IsHeld:
                states.AgentIs(AgentState.Thinking);
                break;
            case CallSignal.PlaybackFinished finished when finished.Reply == replies.Active:
                Finish();
                break;
            case CallSignal.ReplyMade made when made.Reply == replies.Active && call.Providers.TextToSpeech is null:
                Finish();
                break;
        }

        detector.DeadlineCame(now, _actions);
        Act();
        Answer(now);
        CheckTime(now);
        if (_callerLeft && IsQuiet && _typed.Count == 0)
        {
            Ended ??= CallEndReason.CallerLeft;
        }
    }

    private void Act()
    {
        // An action can lead to others, which are added behind it.
        for (var i = 0; i < _actions.Count; i++)
        {
            Act(_actions[i]);
        }

        _actions.Clear();
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
                JudgeWaste();
                break;
            case TurnAction.Take take:
                call.Raise(new TurnDecided(call.Now, replies.NextTurn, take.Words, take.Delay));
                replies.Answer(new CallerTurn(take.Words, take.Start, take.End, _finalTextAt, call.Now));
                JudgeWaste();
                AgentIsAnswering();
                break;
            case TurnAction.Hold:
                replies.Hold();
                states.AgentIs(replies.WasHeard ? AgentState.Listening : AgentState.Thinking);
                break;
            case TurnAction.Release:
                replies.Release();
                states.AgentIs(AgentState.Thinking);
                break;
            case TurnAction.Interrupt:
                replies.Conclude(interrupted: true);
                AgentIsIdle();
                break;
            case TurnAction.Reopen:
                if (!replies.TakeBack())
                {
                    Settle(call.Now);
                }

                JudgeWaste();
                AgentIsIdle();
                break;
            case TurnAction.Forget forget:
                transcriber?.Settle(forget.Until);
                break;
        }
    }

    private void Answer(TimeSpan now)
    {
        if (_endsAfterGoodbye is not null || !_typed.TryDequeue(out var words))
        {
            return;
        }

        if (replies.Active is not null)
        {
            replies.Conclude(interrupted: true);
        }

        Settle(now);
        call.Raise(new CallerTextChanged(now, replies.NextTurn, words, IsFinal: true));
        call.Raise(new TurnDecided(now, replies.NextTurn, words, TimeSpan.Zero));
        replies.Answer(new CallerTurn(words, null, null, null, now));
        AgentIsAnswering();
        Act();
    }

    private void Sounded(TimeSpan now)
    {
        if (replies.Sounded() && replies.AnsweredUntil is { } until)
        {
            // From here on what the caller says is a new turn.
            Settle(until);
        }

        silence.WasNotQuiet(now);
        states.AgentIs(AgentState.Speaking);
        detector.AgentBecame(replies.Activity, replies.Rules, now, _actions);
    }

    private void Finish()
    {
        var now = call.Now;
        silence.WasNotQuiet(now);
        var answeredUntil = replies.Active!.Kind == ReplyKind.Answer && !replies.WasHeard ? replies.AnsweredUntil : null;
        var reply = replies.Conclude(interrupted: false);
        if (answeredUntil is { } until)
        {
            Settle(until);
        }

        if (reply.Kind == ReplyKind.Goodbye)
        {
            Ended = _endsAfterGoodbye;
            return;
        }

        if (reply.Failure is not null || IsEmptyAnswer(reply))
        {
            Failed(reply);
            return;
        }

        _failedTurns = reply.Kind == ReplyKind.Answer ? 0 : _failedTurns;
        if (reply.EndsCall)
        {
            Ended = CallEndReason.AgentEnded;
            return;
        }

        AgentIsIdle();
    }

    private bool IsEmptyAnswer(Reply reply)
    {
        if (reply.Kind != ReplyKind.Answer || reply.HasWords || reply.ToolCalls.Count > 0)
        {
            return false;
        }

        call.Raise(new StageFailed(call.Now, CallStage.LanguageModel, call.Providers.LanguageModelKey, null, "The language model answered nothing."));
        return true;
    }

    private void Failed(Reply reply)
    {
        _failedTurns += reply.Kind == ReplyKind.Apology ? 0 : 1;
        AgentIsIdle();
        if (_failedTurns >= call.Settings.MaximumFailedTurns)
        {
            Ended = CallEndReason.Failed;
        }
        else if (reply.Kind != ReplyKind.Apology && !detector.IsCallerSpeaking && replies.Active is null)
        {
            // An apology that fails too is not followed by another: the event is recorded, and the caller can go on.
            Say(ReplyKind.Apology, call.Settings.Apology);
        }
    }

    private void CouldNotHear(CallSignal.ListeningFailed failed, TimeSpan now)
    {
        Settle(now);
        if (failed.IsFatal || ++_failedTurns >= call.Settings.MaximumFailedTurns)
        {
            SayGoodbye(call.Settings.Apology, CallEndReason.Failed);
        }
        else if (replies.Active is null)
        {
            Say(ReplyKind.Apology, call.Settings.Apology);
        }
    }

    private void CheckTime(TimeSpan now)
    {
        if (_endsAfterGoodbye is not null || Ended is not null)
        {
            return;
        }

        if (now >= call.Settings.MaximumDuration)
        {
            SayGoodbye(call.Settings.MaximumDurationGoodbye, CallEndReason.MaximumDuration);
        }
        else if (IsQuiet)
        {
            switch (silence.Check(now))
            {
                case SilenceWatch.Verdict.Ask:
                    states.CallerIs(CallerState.Away);
                    Say(ReplyKind.AwayQuestion, call.Settings.Silence.Question);
                    break;
                case SilenceWatch.Verdict.SayGoodbye:
                    SayGoodbye(call.Settings.Silence.Goodbye, CallEndReason.CallerAway);
                    break;
            }
        }
        else
        {
            silence.WasNotQuiet(now);
        }
    }

    private void SayGoodbye(string words, CallEndReason reason)
    {
        if (replies.Active is not null)
        {
            replies.Conclude(interrupted: true);
        }

        _endsAfterGoodbye = reason;
        Say(ReplyKind.Goodbye, words);
    }

    private void Say(ReplyKind kind, string words)
    {
        replies.Say(kind, words);
        AgentIsAnswering();
        Act();
    }

    private void AgentIsAnswering()
    {
        states.AgentIs(AgentState.Thinking);
        detector.AgentBecame(replies.Activity, replies.Rules, call.Now, _actions);
    }

    private void AgentIsIdle()
    {
        states.AgentIs(AgentState.Listening);
        detector.AgentBecame(AgentActivity.Idle, call.Settings.Interruption, call.Now, _actions);
    }

    private void Settle(TimeSpan until)
    {
        transcriber?.Settle(until);
        detector.Settle(until);
    }

    private void JudgeWaste() => detector.IsCareful = replies.Waste.IsTooMuch;

    private static TimeSpan? Earlier(TimeSpan? a, TimeSpan? b) => a is null ? b : b is null ? a : a < b ? a : b;
}

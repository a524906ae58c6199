using System.Runtime.ExceptionServices;
using Aico.Abstractions;
using Aico.Host.Calls.Speaking;
using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Calls;

/// <summary>
/// What the call's loop does with each signal: facts go to the turn detector, and what it decides is done by the agent's side.
/// Everything here runs on the loop, one signal at a time.
/// </summary>
internal sealed class Dialogue(
    CallContext call, TurnDetector detector, Replies replies, AgentSide agent, CallerText callerText, CallStates states, SilenceWatch silence,
    CallLimits limits, Farewell farewell, NextTurn next, ICallTransport transport)
{
    private readonly Queue<string> _typed = new();
    private bool _callerLeft;

    /// <summary>Set when the call is over.</summary>
    public CallEndReason? Ended { get; private set; }

    /// <summary>When time alone will change something.</summary>
    public TimeSpan? NextDeadline =>
        Moments.Earlier(
            Moments.Earlier(detector.NextDeadline(call.Now), replies.RulesChangeAt), agent.IsLeaving ? null : limits.NextDeadline(agent.IsQuiet));

    public void Begin()
    {
        replies.Suspend(!transport.IsHearable);
        states.AgentIs(AgentState.Listening);
        silence.CallerWasActive(call.Now);
        if (!string.IsNullOrWhiteSpace(call.Settings.Greeting))
        {
            agent.Say(ReplyKind.Greeting, call.Settings.Greeting, call.Settings.GreetingIsInterruptible);
        }
    }

    public void Handle(CallSignal signal)
    {
        var now = call.Now;
        switch (signal)
        {
            case CallSignal.Broke broke:
                ExceptionDispatchInfo.Throw(broke.Error);
                return;
            case CallSignal.Report report:
                call.Raise(report.Event);
                return;
            case CallSignal.PlaybackAdvanced advanced when advanced.Reply == replies.Active && replies.WasHeard:
                replies.Advanced();
                return;
        }

        // First: what the caller does now meets the rules of what is heard now.
        agent.FollowRules();
        Note(signal, now);
        agent.Act();
        detector.DeadlineCame(now, agent.Actions);
        agent.Act();
        if (agent.TakeGivenUp() is { } until)
        {
            var late = new ProviderException(ProviderFailure.TimedOut, "The words of what was said did not come in time.");
            call.Raise(call.Failure(CallStage.SpeechToText, call.Providers.SpeechToTextKey ?? "", late));
            CouldNotHear(new CallSignal.ListeningFailed(IsFatal: false, until));
        }

        AnswerTyped(now);
        if (call.TextToSpeech is null && replies.Active is { IsMade: true })
        {
            // Nothing is played, so the answer is over when it is written, which an answer made ahead of the decision already is.
            Finish();
        }

        CheckTime(now);
        // An answer that is not spoken can be made at once, and leaves other typed turns waiting.
        if (_callerLeft && agent.IsQuiet && _typed.Count == 0)
        {
            Ended ??= CallEndReason.CallerLeft;
        }
    }

    private void Note(CallSignal signal, TimeSpan now)
    {
        switch (signal)
        {
            case CallSignal.VoiceBegan began:
                silence.CallerWasActive(now);
                states.CallerIs(CallerState.Speaking);
                call.Raise(new VoiceStarted(now, began.Start));
                next.Begins();
                callerText.GoesOn();
                detector.VoiceBegan(began.Start, now, agent.Actions);
                break;
            case CallSignal.VoiceLasted lasted:
                detector.VoiceLasted(lasted.Until, now, agent.Actions);
                break;
            case CallSignal.VoiceStopped stopped:
                silence.CallerWasActive(now);
                states.CallerIs(CallerState.Listening);
                call.Raise(new VoiceEnded(now, stopped.End));
                detector.VoiceStopped(stopped.End, now, agent.Actions);
                break;
            case CallSignal.Words words when words.Since == agent.SettledUntil:
                // Others were read before the beginning of them was dealt with: the transcriber reads the rest again.
                Understood(words, now);
                break;
            case CallSignal.ProviderEndOfTurn end:
                detector.ProviderEndedTurn(end.IsEager, now, agent.Actions);
                break;
            case CallSignal.ListeningFailed failed:
                CouldNotHear(failed);
                break;
            case CallSignal.Typed typed when !string.IsNullOrWhiteSpace(typed.Text):
                CallerIsThere(now);
                _typed.Enqueue(typed.Text);
                break;
            case CallSignal.CallerLeft:
                _callerLeft = true;
                break;
            case CallSignal.Key key:
                CallerIsThere(now);
                call.Raise(new KeyPressed(now, key.Value));
                break;
            case CallSignal.HearableChanged:
                // Asked now: the signal may have been posted before the call began, and be overtaken.
                var isHearable = transport.IsHearable;
                replies.Suspend(!isHearable);
                if (!isHearable && states.Agent == AgentState.Speaking)
                {
                    states.AgentIs(AgentState.Thinking);
                }

                break;
            case CallSignal.Leave leave when !agent.IsLeaving:
                farewell.Say(call.Settings.MaximumDurationGoodbye, leave.Reason);
                break;
            case CallSignal.PlaybackSounds sounds when sounds.Reply == replies.Active && !replies.IsHeld:
                // While it is held the sound was stopped again, and the turn may yet be open.
                silence.WasNotQuiet(now);
                agent.Sounded();
                break;
            case CallSignal.PlaybackStarved starved when starved.Reply == replies.Active && !replies.IsHeld:
                states.AgentIs(AgentState.Thinking);
                break;
            case CallSignal.PlaybackFinished finished when finished.Reply == replies.Active:
                Finish();
                break;
        }
    }

    private void Understood(CallSignal.Words words, TimeSpan now)
    {
        // First, so that an action that follows from the words finds when they were there.
        callerText.Became(words.Text, words.IsFinal, now);
        if (!detector.WordsChanged(words.Text, words.IsFinal, words.CoveredUntil, now, agent.Actions))
        {
            return;
        }

        call.Raise(new CallerTextChanged(now, replies.NextTurn, words.Text, words.IsFinal));
        if (words.Text.Length > 0)
        {
            CallerIsThere(now);
        }
    }

    private void CallerIsThere(TimeSpan now)
    {
        silence.CallerWasActive(now);
        if (states.Caller == CallerState.Away)
        {
            states.CallerIs(CallerState.Listening);
        }
    }

    /// <summary>Answers the next typed words. What is being spoken is heard out and answered first.</summary>
    private void AnswerTyped(TimeSpan now)
    {
        if (_typed.Count == 0 || agent.IsLeaving || Ended is not null || (replies.IsUninterruptible && !replies.Rules.Enabled))
        {
            return;
        }

        if (replies.Active is not null)
        {
            agent.Conclude(interrupted: true);
            agent.BecameIdle();
            agent.Act();
        }

        if (replies.Active is not null || detector.HasOpenTurn)
        {
            return;
        }

        var words = _typed.Dequeue();
        call.Raise(new CallerTextChanged(now, replies.NextTurn, words, IsFinal: true) { IsTyped = true });
        agent.Answer(new CallerTurn(words, null, null, null, now), TimeSpan.Zero);
        agent.Act();
    }

    private void Finish()
    {
        silence.WasNotQuiet(call.Now);
        var reply = agent.Conclude(interrupted: false);
        var failed = !agent.IsLeaving && (reply.Failure is not null || IsEmptyAnswer(reply));
        if (agent.IsLeaving || (reply.EndsCall && !failed))
        {
            states.AgentIs(AgentState.Listening);
            Ended = agent.IsLeaving ? farewell.EndsAs : CallEndReason.AgentEnded;
            return;
        }

        agent.BecameIdle();
        agent.Act();
        if (failed)
        {
            Apologize(reply);
        }
        else if (reply.Kind == ReplyKind.Answer)
        {
            limits.TurnSucceeded();
        }
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

    private void Apologize(Reply failed)
    {
        // An apology that fails too is not followed by another: the event is recorded, and the caller can go on.
        var isApology = failed.Kind == ReplyKind.Apology;
        if (!isApology && limits.TurnFailed())
        {
            Fail();
        }
        else if (!isApology && agent.IsQuiet)
        {
            agent.Say(ReplyKind.Apology, call.Settings.Apology);
        }
    }

    private void CouldNotHear(CallSignal.ListeningFailed failed)
    {
        if (agent.IsLeaving || (!failed.IsFatal && detector.IsCallerSpeaking))
        {
            // It does not matter any more, or what is being said is read together with what could not be.
            return;
        }

        var cutIn = replies is { IsHeld: true, WasHeard: true };
        if (cutIn)
        {
            // The caller cut in and could not be understood: going on as if nothing had been said would be worse than asking.
            agent.Conclude(interrupted: true);
        }

        agent.Settle(failed.Until);
        if (cutIn)
        {
            agent.BecameIdle();
        }

        agent.Act();
        if (limits.TurnFailed() || failed.IsFatal)
        {
            Fail();
        }
        else if (replies.Active is null)
        {
            agent.Say(ReplyKind.Apology, call.Settings.Apology);
        }
    }

    private void Fail() => Ended ??= farewell.SayFailure() ? null : CallEndReason.Failed;

    private void CheckTime(TimeSpan now)
    {
        if (agent.IsLeaving || Ended is not null)
        {
            return;
        }

        farewell.CheckTime(now);
    }
}

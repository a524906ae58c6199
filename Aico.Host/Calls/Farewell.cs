using Aico.Host.Calls.Speaking;

namespace Aico.Host.Calls;

/// <summary>The agent's last words: when they are due, and what the call ends with after them. Used by the call's loop only.</summary>
internal sealed class Farewell(CallContext call, Replies replies, AgentSide agent, CallStates states, CallLimits limits)
{
    /// <summary>Why the call ends when they have been said.</summary>
    public CallEndReason EndsAs { get; private set; }

    /// <summary>Looks whether time alone ends the call, or leads to the question whether the caller is there.</summary>
    public void CheckTime(TimeSpan now)
    {
        switch (limits.Check(now, agent.IsQuiet))
        {
            case CallLimits.Verdict.AskWhetherThere:
                states.CallerIs(CallerState.Away);
                agent.Say(ReplyKind.AwayQuestion, call.Settings.Silence.Question);
                break;
            case CallLimits.Verdict.CallerIsAway:
                Say(call.Settings.Silence.Goodbye, CallEndReason.CallerAway);
                break;
            case CallLimits.Verdict.MaximumDuration:
                Say(call.Settings.MaximumDurationGoodbye, CallEndReason.MaximumDuration);
                break;
        }
    }

    /// <summary>Excuses itself for failures that end the call. Returns false where the call is to end without a word.</summary>
    public bool SayFailure()
    {
        if (call.Settings.FailureEnding == FailureEnding.HangUp)
        {
            return false;
        }

        Say(call.Settings.FailureGoodbye, CallEndReason.Failed);
        return true;
    }

    /// <summary>Says goodbye instead of whatever is being said.</summary>
    public void Say(string words, CallEndReason reason)
    {
        if (replies.Active is not null)
        {
            agent.Conclude(interrupted: true);
        }

        EndsAs = reason;
        agent.Say(ReplyKind.Goodbye, words);
    }
}

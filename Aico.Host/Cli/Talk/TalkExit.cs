using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>How a conversation went, as an exit code.</summary>
internal static class TalkExit
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>What a shell expects of a program that Ctrl-C ended.</summary>
    public const int Cancelled = 130;

    /// <summary>
    /// Failed where the call ended by its failures, or where turns were to be answered and none was; an answer that is only the
    /// apology is none, one that only called tools is one.
    /// </summary>
    public static int Of(TalkResult result, TalkPlan plan)
    {
        if (result.EndReason == CallEndReason.Cancelled)
        {
            return Cancelled;
        }

        var answered = result.Turns.Any(turn =>
            turn.CallerText.Length > 0 && (turn.ToolCalls.Count > 0 || (turn.AgentText.Length > 0 && turn.AgentText != plan.Agent.Apology)));
        var failed = result.EndReason == CallEndReason.Failed || (!answered && !plan.IsChat);
        return failed ? Failed : Ok;
    }

    /// <summary>Why, for a person; null where there is nothing to say.</summary>
    public static string? Explain(TalkResult result, TalkPlan plan) => Of(result, plan) switch
    {
        Failed when result.EndReason == CallEndReason.Failed => "The call failed: too many turns in a row could not be answered.",
        Failed when result.Turns.All(turn => turn.CallerText.Length == 0) => "Nothing that the caller said was understood.",
        Failed => "No turn of the caller was answered.",
        _ => null,
    };
}

using Aico.Host.Calls;
using Aico.Host.Calls.Agents;

namespace Aico.Host.Cli.Talk;

/// <summary>How a conversation went, as an exit code.</summary>
internal static class TalkExit
{
    /// <summary>
    /// Failed where the call ended by its failures, or where turns were to be answered and none was; an answer that is only the
    /// apology is none, one that only called tools is one.
    /// </summary>
    public static int Of(TalkResult result, TalkPlan plan)
    {
        if (result.EndReason == CallEndReason.Cancelled)
        {
            return ExitCode.Interrupted;
        }

        var answered = result.Turns.Any(turn =>
            turn.CallerText.Length > 0 && (turn.ToolCalls.Count > 0 || (turn.AgentText.Length > 0 && turn.AgentText != plan.Agent.Apology)));
        var failed = result.EndReason == CallEndReason.Failed || (!answered && !plan.IsChat);
        return failed ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>Why, for a person; null where there is nothing to say.</summary>
    public static string? Explain(TalkResult result, TalkPlan plan) => Of(result, plan) switch
    {
        ExitCode.Failed when result.EndReason == CallEndReason.Failed => "The call failed; what failed stands above, and under errors in the JSON.",
        ExitCode.Failed when result.Turns.All(turn => turn.CallerText.Length == 0) => "Nothing that the caller said was understood.",
        ExitCode.Failed => "No turn of the caller was answered.",
        _ => null,
    };
}

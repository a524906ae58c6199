using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Calls;

/// <summary>What ends a call without anybody asking for it: silence, length, failures. Pure but for the settings.</summary>
internal sealed class CallLimits(AgentSettings settings, SilenceWatch silence)
{
    private int _failedTurns;

    public enum Verdict
    {
        Nothing,
        AskWhetherThere,
        CallerIsAway,
        MaximumDuration,
    }

    public TimeSpan? NextDeadline(bool isQuiet) => Moments.Earlier(settings.MaximumDuration, isQuiet ? silence.NextDeadline : null);

    public void TurnSucceeded() => _failedTurns = 0;

    /// <summary>Counts a failed turn. Returns true where it was one too many.</summary>
    public bool TurnFailed() => ++_failedTurns >= settings.MaximumFailedTurns;

    public Verdict Check(TimeSpan now, bool isQuiet)
    {
        if (now >= settings.MaximumDuration)
        {
            return Verdict.MaximumDuration;
        }

        return !isQuiet ? Verdict.Nothing : silence.Check(now) switch
        {
            SilenceWatch.Verdict.Ask => Verdict.AskWhetherThere,
            SilenceWatch.Verdict.SayGoodbye => Verdict.CallerIsAway,
            _ => Verdict.Nothing,
        };
    }
}

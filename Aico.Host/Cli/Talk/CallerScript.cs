namespace Aico.Host.Cli.Talk;

/// <summary>
/// Decides when the caller takes the next turn: after the greeting, after each answer, or into it. A pure state machine over the
/// call's progress and clock, asked once a frame by the one reader of the caller's audio.
/// </summary>
internal sealed class CallerScript(IReadOnlyList<CallerLine> turns, CallerScriptSettings settings, CallProgress progress)
{
    private int _next;
    private int _completedBefore;
    private TimeSpan? _idleSince;
    private TimeSpan _turnEnded;

    /// <summary>Says what the caller does now, while no turn of the caller is under way.</summary>
    public CallerStep Next(TimeSpan now)
    {
        var isLast = _next == turns.Count;
        if (_next == 0 && !settings.AwaitsGreeting && !isLast && progress.IsListening)
        {
            return Begin();
        }

        if (!isLast && _next > 0 && Interrupts(now))
        {
            return Begin();
        }

        if (IsStalled(now))
        {
            return isLast ? CallerStep.Leave : Begin();
        }

        if (!progress.IsIdle || progress.CompletedTurns <= _completedBefore)
        {
            _idleSince = null;
            return CallerStep.Wait;
        }

        _idleSince ??= now;
        if (isLast)
        {
            return CallerStep.Leave;
        }

        return now - _idleSince >= settings.Pause ? Begin() : CallerStep.Wait;
    }

    /// <summary>Says that the turn which <see cref="Next"/> began has been spoken or typed.</summary>
    public void EndTurn(TimeSpan now)
    {
        _turnEnded = now;
        _idleSince = null;
    }

    private CallerStep.Begin Begin()
    {
        _completedBefore = progress.CompletedTurns;
        return new CallerStep.Begin(turns[_next++]);
    }

    private bool Interrupts(TimeSpan now) =>
        settings.InterruptAfter is { } after && progress.PlaybackStarted is { } started && started >= _turnEnded && !progress.IsIdle
        && now - started >= after;

    private bool IsStalled(TimeSpan now)
    {
        var quietSince = progress.LastEvent > _turnEnded ? progress.LastEvent : _turnEnded;
        return (!progress.IsIdle || progress.CompletedTurns <= _completedBefore)
            && now - quietSince >= (progress.IsListening ? settings.NoAnswerAfter : settings.StalledAfter);
    }
}

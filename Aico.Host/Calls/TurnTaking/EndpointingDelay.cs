namespace Aico.Host.Calls.TurnTaking;

/// <summary>
/// How long a silence must last to end the turn. Learns from the pauses after which this caller went on. Pure.
/// </summary>
internal sealed class EndpointingDelay(EndpointingSettings settings)
{
    // A delay this much longer than the caller's usual pause inside a turn is seldom wrong.
    private const double Margin = 1.3;

    // A turn that was taken too early costs the caller more than one that is taken late, so it teaches more.
    private const double SmoothingWhenTakenTooEarly = 0.5;

    private TimeSpan _learned = settings.InitialDelay;

    public TimeSpan For(TurnCompleteness completeness) => completeness switch
    {
        TurnCompleteness.Complete => settings.MinimumDelay,
        TurnCompleteness.Incomplete => settings.MaximumDelay,
        _ => Clamp(_learned),
    };

    /// <summary>The caller went on after this pause.</summary>
    public void Learn(TimeSpan pause, bool wasTakenTooEarly)
    {
        if (pause <= TimeSpan.Zero || pause > settings.MaximumDelay)
        {
            return;
        }

        var weight = wasTakenTooEarly ? SmoothingWhenTakenTooEarly : settings.PauseSmoothing;
        _learned = Clamp((_learned * weight) + (pause * Margin * (1 - weight)));
    }

    private TimeSpan Clamp(TimeSpan delay) =>
        delay < settings.MinimumDelay ? settings.MinimumDelay : delay > settings.MaximumDelay ? settings.MaximumDelay : delay;
}

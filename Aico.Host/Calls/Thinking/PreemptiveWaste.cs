namespace Aico.Host.Calls.Thinking;

/// <summary>Counts answers that were started ahead of the decision and thrown away, and says when that is too many.</summary>
internal sealed class PreemptiveWaste(PreemptiveSettings settings)
{
    // The latest outcomes count most: about the last five decide.
    private const double Smoothing = 0.8;
    private const int OutcomesBeforeJudging = 4;

    private double _share;

    public int Used { get; private set; }

    public int Wasted { get; private set; }

    /// <summary>True where too much was thrown away lately: the agent starts only on plainly complete words.</summary>
    public bool IsTooMuch => Used + Wasted >= OutcomesBeforeJudging && _share > settings.CarefulAboveWaste;

    public void WasUsed()
    {
        Used++;
        _share *= Smoothing;
    }

    public void WasWasted()
    {
        Wasted++;
        _share = (_share * Smoothing) + (1 - Smoothing);
    }
}

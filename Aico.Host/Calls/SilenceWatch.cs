namespace Aico.Host.Calls;

/// <summary>Notices that nobody has spoken for a while: first the caller is asked, then the call ends. Pure but for the settings.</summary>
internal sealed class SilenceWatch(SilenceSettings settings)
{
    private TimeSpan _quietSince;
    private bool _asked;

    public enum Verdict
    {
        Nothing,
        Ask,
        SayGoodbye,
    }

    public bool IsEnabled => settings.AwayAfter > TimeSpan.Zero;

    /// <summary>When silence alone will lead to something, if it goes on.</summary>
    public TimeSpan? NextDeadline => IsEnabled ? _quietSince + (_asked ? settings.GoodbyeAfter : settings.AwayAfter) : null;

    /// <summary>The caller spoke or wrote.</summary>
    public void CallerWasActive(TimeSpan now)
    {
        _quietSince = now;
        _asked = false;
    }

    /// <summary>The agent spoke, or someone still does.</summary>
    public void WasNotQuiet(TimeSpan now) => _quietSince = now;

    public Verdict Check(TimeSpan now)
    {
        if (NextDeadline is not { } deadline || now < deadline)
        {
            return Verdict.Nothing;
        }

        if (_asked)
        {
            return Verdict.SayGoodbye;
        }

        _asked = true;
        return Verdict.Ask;
    }
}

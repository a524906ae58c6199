namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>How many call hosts there are, and when one is replaced.</summary>
/// <param name="Count">From 1 on.</param>
/// <param name="MaximumCalls">Calls after which one is replaced; null: no number.</param>
/// <param name="MaximumBytes">Resident memory above which one is replaced; null: none.</param>
/// <param name="DrainTimeout">How long calls may go on when their call host is to end.</param>
internal sealed record CallHostPolicy(int Count, long? MaximumCalls, long? MaximumBytes, TimeSpan DrainTimeout)
{
    public const int Most = 64;

    /// <summary>How often each is looked at.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From the start of a replacement until it serves: models are loaded meanwhile.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After a replacement that came to nothing.</summary>
    public TimeSpan ReplacementPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>One that lived for less has died quickly.</summary>
    public TimeSpan QuickDeath { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Quick deaths in a row that are answered at once; each further one is answered after a pause that doubles.</summary>
    public int FreeDeaths { get; init; } = 3;

    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What a worker takes at most beyond its drain time-out: goodbyes, cancelled calls, the last reports and the models' end.</summary>
    public TimeSpan EndMargin { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>For one that was told to end at once; then it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);
}

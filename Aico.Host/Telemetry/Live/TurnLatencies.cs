namespace Aico.Host.Telemetry.Live;

/// <summary>The latencies of the host's latest turns, of all calls, for whoever looks at it now. Safe from any thread.</summary>
internal sealed class TurnLatencies
{
    private const int Kept = 500;

    private readonly Lock _lock = new();
    private readonly TurnLatency[] _turns = new TurnLatency[Kept];
    private long _count;

    public void Add(TurnLatency turn)
    {
        lock (_lock)
        {
            _turns[_count++ % Kept] = turn;
        }
    }

    /// <summary>Each part with its median and 95th percentile; parts that no turn came to are left out.</summary>
    public IReadOnlyList<LatencySummary> Summarize()
    {
        TurnLatency[] turns;
        lock (_lock)
        {
            turns = _turns[..(int)Math.Min(_count, Kept)];
        }

        return
        [
            .. new[]
            {
                Summary("endToEnd", turns, turn => turn.EndToEnd),
                Summary("transcription", turns, turn => turn.Transcription),
                Summary("endOfTurn", turns, turn => turn.EndOfTurn),
                Summary("firstToken", turns, turn => turn.FirstToken),
                Summary("firstAudio", turns, turn => turn.FirstAudio),
            }.OfType<LatencySummary>(),
        ];
    }

    private static LatencySummary? Summary(string name, TurnLatency[] turns, Func<TurnLatency, TimeSpan?> part)
    {
        var values = turns.Select(part).OfType<TimeSpan>().Order().ToArray();
        return values.Length == 0 ? null : new LatencySummary(name, values.Length, At(values, 0.5), At(values, 0.95));
    }

    private static TimeSpan At(TimeSpan[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}

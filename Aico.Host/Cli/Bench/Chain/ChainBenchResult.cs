using System.Globalization;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Chain;

/// <summary>What <c>aico bench chain</c> found. Milliseconds.</summary>
internal sealed record ChainBenchResult
{
    /// <summary>From the decided turn to the first token: a provider alone, without any memory of outages.</summary>
    public required Percentiles Alone { get; init; }

    /// <summary>The same through a chain of two, both well, the memory of outages not empty.</summary>
    public required Percentiles Chained { get; init; }

    /// <summary>The first call whose primary refuses: beyond what both took.</summary>
    public required double FirstFailoverOverheadMs { get; init; }

    /// <summary>The first call whose primary says nothing: beyond the budget and what the second took.</summary>
    public required double SilentFailoverOverheadMs { get; init; }

    /// <summary>Calls while the primary is known to be out: beyond what the second takes alone.</summary>
    public required Percentiles LaterOverhead { get; init; }

    /// <summary>Calls that were held at once while the primary was out.</summary>
    public required int OutageCalls { get; init; }

    /// <summary>Of those, answered.</summary>
    public required int OutageAnswered { get; init; }

    /// <summary>Requests that reached the dead provider meanwhile.</summary>
    public required int DeadRequests { get; init; }

    /// <summary>Probes that reached it.</summary>
    public required int DeadProbes { get; init; }

    /// <summary>The most probes at one moment.</summary>
    public required int MostProbes { get; init; }

    public JsonObject ToJson() => new()
    {
        ["alone"] = Alone.ToJson(),
        ["chained"] = Chained.ToJson(),
        ["addedP50Ms"] = Math.Round(Chained.P50 - Alone.P50, 3),
        ["firstFailoverOverheadMs"] = Math.Round(FirstFailoverOverheadMs, 2),
        ["silentFailoverOverheadMs"] = Math.Round(SilentFailoverOverheadMs, 2),
        ["laterOverhead"] = LaterOverhead.ToJson(),
        ["outage"] = new JsonObject
        {
            ["calls"] = OutageCalls,
            ["answered"] = OutageAnswered,
            ["deadRequests"] = DeadRequests,
            ["deadProbes"] = DeadProbes,
            ["mostProbesAtOnce"] = MostProbes,
        },
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        added by a chain that is well   p50 {Chained.P50 - Alone.P50:0.000} ms (alone {Alone.P50:0.000}, chained {Chained.P50:0.000})
        first failover, refused         {FirstFailoverOverheadMs:0.0} ms beyond the refusal and the second's answer
        first failover, silent          {SilentFailoverOverheadMs:0.0} ms beyond the budget and the second's answer
        later calls while it is out     p50 {LaterOverhead.P50:0.00} ms, p99 {LaterOverhead.P99:0.00} ms beyond the second's answer
        {OutageCalls} calls in an outage          {OutageAnswered} answered, {DeadRequests} requests and {DeadProbes} probes to the dead one, at most {MostProbes} probe at once
        """);
}

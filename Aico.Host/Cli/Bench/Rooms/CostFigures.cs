namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>The figures of <see cref="CostBench"/> with their targets.</summary>
internal static class CostFigures
{
    public static IReadOnlyList<BenchFigure> Of(int calls, SideCost floor, SideCost agents, IReadOnlyList<double> joins, IReadOnlyList<double> added)
    {
        var (join, add) = (Percentiles.Of(joins), Percentiles.Of(added));
        return
        [
            new("cpuRatio", "CPU beside the floor", agents.Cores / floor.Cores, "times", 1.25, Text($"{Percent(agents):0.00} % of a core a room, floor {Percent(floor):0.00} %")),
            new("managedCpu", "of it outside the native library", agents.ManagedCores * 100 / calls, "%", null, Text($"floor {floor.ManagedCores * 100 / calls:0.00} %; the compiler in it at most {agents.CompilingCores * 100 / calls:0.00} and {floor.CompilingCores * 100 / calls:0.00} %")),
            new("memoryPerRoom", "memory a room", agents.BytesPerRoom / 1e6, "MB", null, Text($"floor {floor.BytesPerRoom / 1e6:0.00} MB")),
            new("joinP50", "assignment to listening, p50", join?.P50, "ms", 250, Text($"{joins.Count} joins: {join}")),
            new("joinP99", "assignment to listening, p99", join?.P99, "ms"),
            new("addedLatencyP50", "added by the loop, p50", add?.P50, "ms", null, Text($"{added.Count} turns: {add}")),
            new("lateFrames", "gaps heard in answers", agents.Heard.Gaps, "", 0, Text($"longest {Longest(agents)} ms, answers {agents.Heard.Voiced.Count}, unanswered {agents.Heard.Unanswered}; floor {floor.Heard.Gaps}, longest {Longest(floor)} ms, {floor.Heard.Voiced.Sum() / 1000:0} s beside {agents.Heard.Voiced.Sum() / 1000:0} s")),
            new("handlesAtEnd", "native handles at the end", agents.HandlesAtEnd, "", 0, Text($"floor {floor.HandlesAtEnd}")),
            new("memoryPerCycle", "memory kept by a join and leave", agents.BytesPerCycle / 1e3, "kB", floor.BytesPerCycle / 1e3, Text($"the floor's is the target; in the managed heap {agents.ManagedBytesPerCycle / 1e3:0.0} kB, floor {floor.ManagedBytesPerCycle / 1e3:0.0} kB")),
            new("allocated", "managed memory allocated a room", agents.AllocatedPerSecond / calls / 1e3, "kB/s", null, Text($"floor {floor.AllocatedPerSecond / calls / 1e3:0.0} kB/s")),
            new("threads", "threads", agents.Threads, "", null, Text($"floor {floor.Threads}")),
            new("callersLate", "frames callers sent late", agents.Heard.LateFrames + floor.Heard.LateFrames, "", null, "where they are more than a few the machine was too busy for this run to say much"),
        ];

        double Percent(SideCost side) => side.Cores * 100 / calls;
    }

    private static double Longest(SideCost side) => side.Heard.LongestGaps.DefaultIfEmpty().Max();

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench;

/// <summary>What the loop costs beyond its providers. docs/benchmarks.md says what each figure means.</summary>
internal sealed record LoopBenchResult
{
    public required int Calls { get; init; }

    /// <summary>How long was measured.</summary>
    public required double Seconds { get; init; }

    public required int Turns { get; init; }

    public required Percentiles? AddedLatency { get; init; }

    public required double CpuSecondsPerCallMinute { get; init; }

    public required double AllocatedBytesPerCallSecond { get; init; }

    public required double ResidentBytesPerCall { get; init; }

    public required long LateFrames { get; init; }

    public required long DroppedFrames { get; init; }

    public JsonObject ToJson() => new()
    {
        ["calls"] = Calls,
        ["seconds"] = Math.Round(Seconds, 1),
        ["turns"] = Turns,
        ["addedLatencyMs"] = AddedLatency?.ToJson(),
        ["cpuSecondsPerCallMinute"] = Math.Round(CpuSecondsPerCallMinute, 4),
        ["allocatedBytesPerCallSecond"] = Math.Round(AllocatedBytesPerCallSecond),
        ["residentBytesPerCall"] = Math.Round(ResidentBytesPerCall),
        ["lateFrames"] = LateFrames,
        ["droppedFrames"] = DroppedFrames,
    };

    public override string ToString() => FormattableString.Invariant($"""
        {Calls} calls at once for {Seconds:0.0} s, {Turns} turns
        added latency     {AddedLatency?.ToString() ?? "no turn was answered"} ms
        CPU               {CpuSecondsPerCallMinute:0.000} s for a minute of call, {CpuSecondsPerCallMinute * Calls / 60:0.00} cores in all
        allocated         {AllocatedBytesPerCallSecond / 1000:0.0} kB for a second of call
        resident          {ResidentBytesPerCall / 1e6:0.00} MB a call
        late frames       {LateFrames}
        dropped frames    {DroppedFrames}
        """);
}

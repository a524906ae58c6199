using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What this process has used.</summary>
internal static class ProcessMeter
{
    /// <summary>Processor seconds so far, resident bytes after a full collection, and what the native library keeps.</summary>
    public static JsonObject Read(long handles, bool collects)
    {
        if (collects)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        using var process = Process.GetCurrentProcess();
        return new JsonObject
        {
            ["cpu"] = process.TotalProcessorTime.TotalSeconds,
            ["at"] = BenchTime.Now,
            ["resident"] = process.WorkingSet64,
            ["allocated"] = GC.GetTotalAllocatedBytes(),
            ["threads"] = process.Threads.Count,
            ["handles"] = handles,
        };
    }
}

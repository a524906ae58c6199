using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What this process has used.</summary>
internal static class ProcessMeter
{
    // Of /proc, on every Linux.
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds so far, resident and managed bytes after a full collection, and what the native library keeps.</summary>
    public static JsonObject Read(long handles, bool collects)
    {
        if (collects)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        }

        using var process = Process.GetCurrentProcess();
        var native = NativeThreads();
        var cpu = process.TotalProcessorTime.TotalSeconds;
        return new JsonObject
        {
            ["cpu"] = cpu,
            ["managedCpu"] = cpu - native,
            ["compiling"] = JitInfo.GetCompilationTime().TotalSeconds,
            ["at"] = BenchTime.Now,
            ["resident"] = process.WorkingSet64,
            ["managed"] = GC.GetTotalMemory(forceFullCollection: false),
            ["allocated"] = GC.GetTotalAllocatedBytes(),
            ["threads"] = process.Threads.Count,
            ["handles"] = handles,
        };
    }

    /// <summary>
    /// Processor seconds of the threads that are not the runtime's, by their names; null where the system does not tell (only Linux does). The
    /// rest is the host's own: its threads come and go, and what an ended one has used is in the sum of the process alone.
    /// </summary>
    private static double? NativeThreads()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var ticks = 0L;
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                if (!File.ReadAllText(Path.Combine(thread, "comm")).StartsWith(".NET", StringComparison.Ordinal))
                {
                    // Behind the name: state is the first field, user and system time the 12th and 13th.
                    var stat = File.ReadAllText(Path.Combine(thread, "stat"));
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return ticks / TicksPerSecond;
    }
}

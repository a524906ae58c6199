using System.Globalization;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// Who counts the processor time of this host, and how many processors it may use: the control group (version 2, then 1) where there
/// is one, the whole machine on other Linux, this process elsewhere. NUM_CPUS overrides the number of processors.
/// </summary>
/// <param name="Name">For the log.</param>
/// <param name="Used">Processor time so far; null where it could not be read this time.</param>
/// <param name="Processors">May be a fraction; asked each time, since limits can be changed while the host runs.</param>
internal sealed record CpuAccount(string Name, Func<TimeSpan?> Used, Func<double> Processors)
{
    // The unit of /proc/stat that every Linux shows to programs.
    private const double JiffiesPerSecond = 100;

    /// <param name="root">"/", or a folder that stands for it.</param>
    /// <param name="variable">Reads the environment.</param>
    public static CpuAccount Find(string root, Func<string, string?> variable)
    {
        double? fixedCount = double.TryParse(variable("NUM_CPUS"), NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : null;
        var groups = Path.Combine(root, "sys/fs/cgroup");
        foreach (var group in Groups(root, groups))
        {
            if (UsedOfGroup(group) is not null)
            {
                return new CpuAccount("cgroup v2", () => UsedOfGroup(group), () => fixedCount ?? Quota(group, groups) ?? Environment.ProcessorCount);
            }
        }

        var usage = Path.Combine(groups, "cpuacct/cpuacct.usage");
        if (Number(Read(usage)) is not null)
        {
            return new CpuAccount(
                "cgroup v1",
                () => Number(Read(usage)) is { } ns ? TimeSpan.FromMicroseconds(ns / 1000) : null,
                () => fixedCount ?? OldQuota(groups) ?? Environment.ProcessorCount);
        }

        var stat = Path.Combine(root, "proc/stat");
        return UsedOfMachine(stat) is not null
            ? new CpuAccount("/proc/stat", () => UsedOfMachine(stat), () => fixedCount ?? Environment.ProcessorCount)
            : new CpuAccount("process", OwnTime, () => fixedCount ?? Environment.ProcessorCount);
    }

    private static TimeSpan? OwnTime()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    /// <summary>Our own group and, inside a container that sees itself as the root, the root.</summary>
    private static IEnumerable<string> Groups(string root, string groups)
    {
        var own = Read(Path.Combine(root, "proc/self/cgroup"))?.Split('\n').FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal));
        if (own is not null)
        {
            yield return Path.Combine(groups, own[3..].Trim().TrimStart('/')).TrimEnd('/');
        }

        yield return groups;
    }

    private static TimeSpan? UsedOfGroup(string group)
    {
        const string Key = "usage_usec ";
        var line = Read(Path.Combine(group, "cpu.stat"))?.Split('\n').FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return Number(line?[Key.Length..]) is { } us ? TimeSpan.FromMicroseconds(us) : null;
    }

    /// <summary>The tightest limit of the group and those around it.</summary>
    private static double? Quota(string group, string groups)
    {
        double? tightest = null;
        for (var folder = group; folder is not null && folder.StartsWith(groups, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
        {
            var parts = Read(Path.Combine(folder, "cpu.max"))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts is [var quota, var period] && Number(quota) is { } q and > 0 && Number(period) is { } p and > 0)
            {
                tightest = Math.Min(tightest ?? double.MaxValue, q / p);
            }
        }

        return tightest;
    }

    private static double? OldQuota(string groups) =>
        Number(Read(Path.Combine(groups, "cpu/cpu.cfs_quota_us"))) is { } quota and > 0
        && Number(Read(Path.Combine(groups, "cpu/cpu.cfs_period_us"))) is { } period and > 0
            ? quota / period
            : null;

    // "cpu user nice system idle iowait irq softirq steal …": idle and iowait are the time in which nothing was done.
    private static TimeSpan? UsedOfMachine(string stat)
    {
        var fields = Read(stat)?.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not ["cpu", _, _, _, _, _, ..])
        {
            return null;
        }

        var jiffies = fields.Skip(1).Take(8).Select(Number).ToList();
        return jiffies.Contains(null) ? null : TimeSpan.FromSeconds(jiffies.Where((_, i) => i is not 3 and not 4).Sum()!.Value / JiffiesPerSecond);
    }

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another source is asked, or the last figure stands.
            return null;
        }
    }
}

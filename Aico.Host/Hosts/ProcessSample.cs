using System.Diagnostics;

namespace Aico.Host.Hosts;

/// <summary>What this process holds at one moment, as the system tells it.</summary>
/// <param name="ResidentBytes">Resident memory.</param>
/// <param name="CpuSeconds">Processor time since the start.</param>
/// <param name="Threads">Of the runtime and of native libraries.</param>
/// <param name="Handles">Open handles (file descriptors); null where the system does not tell.</param>
/// <param name="Sockets">Those of them that are sockets; null where the system does not tell.</param>
internal sealed record ProcessSample(long ResidentBytes, double CpuSeconds, int Threads, int? Handles, int? Sockets)
{
    public static ProcessSample Take()
    {
        using var process = Process.GetCurrentProcess();
        var (handles, sockets) = Descriptors();
        return new ProcessSample(process.WorkingSet64, process.TotalProcessorTime.TotalSeconds, process.Threads.Count, handles ?? (OperatingSystem.IsWindows() ? process.HandleCount : null), sockets);
    }

    private static (int? Handles, int? Sockets) Descriptors()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, null);
        }

        var (handles, sockets) = (0, 0);
        foreach (var descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            try
            {
                // The descriptor that lists them is closed by the time it is looked at.
                var target = new FileInfo(descriptor).LinkTarget;
                handles += target is null ? 0 : 1;
                sockets += target?.StartsWith("socket:", StringComparison.Ordinal) is true ? 1 : 0;
            }
            catch (IOException)
            {
                // Closed meanwhile.
            }
        }

        return (handles, sockets);
    }
}

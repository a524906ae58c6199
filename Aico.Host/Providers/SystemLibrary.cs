using System.Runtime.InteropServices;
using Aico.Host.Plugins;

namespace Aico.Host.Providers;

/// <summary>Finds libraries that the system's packages bring.</summary>
internal static class SystemLibrary
{
    /// <summary>
    /// A name or path that the platform's loader takes, or null. Linux packages without development files have only versioned names
    /// ("libflite.so.1"), which the loader does not find by the bare name.
    /// </summary>
    public static string? Find(string library)
    {
        foreach (var name in NativeNames.FileNames(library))
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                NativeLibrary.Free(handle);
                return name;
            }
        }

        return OperatingSystem.IsLinux()
            ? Folders().Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, $"lib{library}.so.*"))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;
    }

    private static IEnumerable<string> Folders()
    {
        var triplet = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        return (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat([$"/usr/lib/{triplet}", $"/lib/{triplet}", "/usr/lib64", "/usr/lib", "/lib", "/usr/local/lib"]);
    }
}

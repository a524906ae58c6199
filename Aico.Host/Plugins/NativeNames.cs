using System.Runtime.InteropServices;

namespace Aico.Host.Plugins;

/// <summary>How native libraries are named and where a folder may hold them.</summary>
internal static class NativeNames
{
    /// <summary>The portable identifier that folders under runtimes/ are named by, such as "linux-x64".</summary>
    public static string RuntimeIdentifier { get; } = GetRuntimeIdentifier();

    /// <summary>The file names that a library may have: as given, then with the platform's prefix and ending.</summary>
    public static IReadOnlyList<string> FileNames(string library) => OperatingSystem.IsWindows()
        ? [library, $"{library}.dll"]
        : OperatingSystem.IsMacOS()
            ? [library, $"lib{library}.dylib", $"{library}.dylib"]
            : [library, $"lib{library}.so", $"{library}.so"];

    /// <summary>Finds a library in a folder or in its runtimes/(rid)/native/.</summary>
    public static string? Find(string folder, string library) =>
        FindIn(folder, library) ?? FindIn(Path.Combine(folder, "runtimes", RuntimeIdentifier, "native"), library);

    /// <summary>Finds a library directly in a folder.</summary>
    public static string? FindIn(string folder, string library) =>
        FileNames(library).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string GetRuntimeIdentifier()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        // A distribution's own build of the runtime says "debian.12-x64", which no package names; musl must stay visible.
        var musl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "-musl" : "";
        return $"{system}{musl}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}

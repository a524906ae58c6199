using System.Globalization;
using System.IO.Enumeration;
using System.Text;

namespace Aico.Host.Plugins;

/// <summary>The code files of a plugin's folder at one moment.</summary>
/// <param name="RelativePaths">Paths below the folder, in ordinal order.</param>
/// <param name="Stamp">Differs where any of the files was added, removed or written.</param>
internal sealed record PluginFiles(IReadOnlyList<string> RelativePaths, string Stamp)
{
    private static readonly string[] _codeEndings = [".dll", ".exe", ".pdb", ".json", ".config", ".so", ".dylib", ".node"];

    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public static PluginFiles Of(string folder)
    {
        var files = new FileSystemEnumerable<(string Path, long Length, long Written)>(
            folder,
            static (ref entry) => (entry.ToFullPath(), entry.Length, entry.LastWriteTimeUtc.Ticks),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 })
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory && IsCode(entry.FileName),
            // A link to a folder may lead out of the plugin, or back into it for ever.
            ShouldRecursePredicate = static (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        var sorted = files
            .Select(file => (Path: Path.GetRelativePath(folder, file.Path), file.Length, file.Written))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();

        var stamp = new StringBuilder(folder).Append('\n');
        foreach (var (path, length, written) in sorted)
        {
            stamp.Append(CultureInfo.InvariantCulture, $"{path}|{length}|{written}\n");
        }

        return new PluginFiles([.. sorted.Select(file => file.Path)], stamp.ToString());
    }

    /// <summary>Models and other data are large and read by name when they are needed: they are no part of the code.</summary>
    private static bool IsCode(ReadOnlySpan<char> name)
    {
        // Versioned libraries end in their version: libflite.so.1.
        if (name.Contains(".so.", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var ending in _codeEndings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

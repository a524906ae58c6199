using Microsoft.Extensions.Logging;

namespace Aico.Host.Plugins;

/// <summary>
/// Private copies of the plugins' code, one per loaded version, in a folder of this process that only its user can enter.
/// </summary>
/// <remarks>
/// Code is never run from the plugins folder: assemblies and native libraries are mapped into memory and read piece by piece, so
/// overwriting one in place would crash the process or mix two versions. Loading assemblies from streams would leave the native
/// libraries and the assemblies that are needed later. A copy also keeps the files of the old version for as long as calls use it.
/// </remarks>
internal sealed class PluginWorkspace(ILogger<PluginWorkspace> logger) : IDisposable
{
    private const string Prefix = "aico-plugins-";
    private const string LockName = ".lock";

    private DirectoryInfo? _folder;
    private FileStream? _lock;
    private int _copies;

    /// <summary>Copies a plugin's code and returns the folder of the copy.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read or written.</exception>
    public string Copy(PluginFolder plugin, PluginFiles files)
    {
        _folder ??= Open();
        var target = Path.Combine(_folder.FullName, $"{plugin.Id}-{++_copies}");
        Directory.CreateDirectory(target);
        foreach (var path in files.RelativePaths)
        {
            var copy = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(plugin.Path, path), copy);
        }

        return target;
    }

    /// <summary>Deletes a copy whose code is not in use any more.</summary>
    public void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Where the system keeps files in use, the next process that starts deletes it.
            logger.LogDebug(fault, "The copy {Folder} stays for now.", folder);
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        if (_folder is not null)
        {
            Delete(_folder.FullName);
        }
    }

    private DirectoryInfo Open()
    {
        DeleteAbandoned();
        var folder = Directory.CreateTempSubdirectory(Prefix);
        // Held as long as the process lives: an unlocked one belongs to a process that was killed.
        _lock = new FileStream(Path.Combine(folder.FullName, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return folder;
    }

    private void DeleteAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                // A folder without a lock file is being made at this moment.
                using (new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                logger.LogTrace(fault, "The workspace {Folder} is in use.", folder);
                continue;
            }

            Delete(folder);
        }
    }
}

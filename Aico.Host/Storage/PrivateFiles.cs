using System.Runtime.Versioning;

namespace Aico.Host.Storage;

/// <summary>
/// Files and folders that only the user who runs AICO may read: modes 600 and 700. On Windows they take the access rights of the folder
/// that they are made in, which for a user's own folder comes to the same.
/// </summary>
internal static class PrivateFiles
{
    [UnsupportedOSPlatform("windows")]
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder where there is none. One that is there stays as it is: it may be a mounted one, or the operator's home.</summary>
    public static void EnsureFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Makes a new file; nobody else could read it even for a moment.</summary>
    /// <exception cref="IOException">The file exists, or cannot be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>True where somebody else than the owner may read or write the file.</summary>
    public static bool AreOthersLetIn(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Takes the file from everybody else.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void ShutOthersOut(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Others);
        }
    }

    /// <summary>Writes through to the disk: a power loss after this leaves the content there.</summary>
    public static void Flush(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Gives a file its final name to stay: a power loss after this leaves the name there too, which not every file system promises for a
    /// rename alone.
    /// </summary>
    /// <exception cref="IOException">The name is taken and must not be overwritten, or the folder cannot be written.</exception>
    public static void Rename(string path, string name, bool overwrite)
    {
        File.Move(path, name, overwrite);
        if (!OperatingSystem.IsWindows())
        {
            FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(name))!);
        }
    }
}

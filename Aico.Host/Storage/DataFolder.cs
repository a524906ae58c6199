namespace Aico.Host.Storage;

/// <summary>Where a host keeps what it must not lose: the database and the master key.</summary>
/// <param name="path">The folder; it is made when something is first written to it.</param>
internal sealed class DataFolder(string path)
{
    public const string Variable = "AICO_DATA_DIR";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Database => System.IO.Path.Combine(Path, "aico.db");

    public string MasterKey => System.IO.Path.Combine(Path, "master.key");

    /// <summary>
    /// What was asked for on the command line, else AICO_DATA_DIR, else a folder for this user: /var/lib/aico for root, as services expect
    /// it, and the system's place for a user's data otherwise (~/.local/share/aico, ~/Library/Application Support/aico, %LOCALAPPDATA%\aico).
    /// </summary>
    /// <exception cref="StoreUnavailableException">The user has no such place.</exception>
    public static DataFolder Find(string? asked, IReadOnlyDictionary<string, string> environment)
    {
        if (asked is { Length: > 0 })
        {
            return new DataFolder(asked);
        }

        if (environment.GetValueOrDefault(Variable) is { Length: > 0 } variable)
        {
            return new DataFolder(variable);
        }

        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            return new DataFolder("/var/lib/aico");
        }

        var users = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return users.Length > 0
            ? new DataFolder(System.IO.Path.Combine(users, "aico"))
            : throw new StoreUnavailableException($"This user has no home folder for AICO's data: name a folder with {Variable} or --data-dir.");
    }
}

namespace Aico.Host.Storage;

/// <summary>Where a host keeps what must survive it: the database and the key file.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record DataFolder(string Path)
{
    public const string Variable = "AICO_DATA_DIR";

    public string Database => System.IO.Path.Combine(Path, "aico.db");

    public string MasterKey => System.IO.Path.Combine(Path, "master.key");

    /// <summary>What was typed, else the variable, else the user's own data folder.</summary>
    public static DataFolder Of(string? typed, IReadOnlyDictionary<string, string> environment) =>
        new(System.IO.Path.GetFullPath(
            typed is { Length: > 0 } ? typed
            : environment.GetValueOrDefault(Variable) is { Length: > 0 } set ? set
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "aico")));
}

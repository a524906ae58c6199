using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;

namespace Aico.Host.Cli.Doctor;

/// <summary>The database: can it be read, is it whole, does it fit this AICO; where there is none, can one be made.</summary>
internal static class DatabaseExam
{
    public static async Task<DoctorFinding> LookAsync(DataFolder folder)
    {
        if (!File.Exists(folder.Database))
        {
            return Probe(folder.Path) is { } refusal
                ? Finding(folder, DoctorStatus.Broken, $"There is none, and none can be made in {folder.Path}: {refusal}", $"Give the folder to the user that runs AICO, or name another with --data-dir or {DataFolder.Variable}.")
                : Finding(folder, DoctorStatus.Missing, "There is none yet.", "Nothing: \"aico serve\" makes it.");
        }

        try
        {
            var (version, damage) = await SqliteMaintenance.CheckAsync(folder.Database);
            var newest = SqliteMigration.All[^1].Version;
            return damage.Count > 0
                ? Finding(folder, DoctorStatus.Broken, $"It is damaged: {damage[0]}{(damage.Count > 1 ? $" (and {damage.Count - 1} more)" : "")}", "Stop the hosts that use it and put a backup in its place (\"aico db backup\" makes them).")
                : version < newest
                ? Finding(folder, DoctorStatus.Warning, $"It has version {version}, and this AICO works with {newest}.", "Stop the hosts that use it and run \"aico db migrate\", or start this AICO's host, which does it.")
                : Probe(folder.Path) is { } refusal
                ? Finding(folder, DoctorStatus.Broken, $"Nothing can be written beside it: {refusal}", "Give the folder to the user that runs AICO.")
                : Finding(folder, DoctorStatus.Ok, folder.Database, null);
        }
        catch (StoreUnavailableException e)
        {
            return Finding(folder, DoctorStatus.Broken, e.Message, "See docs/storage.md.");
        }
    }

    // SQLite makes its journal beside the file. A folder that is not there yet is made with the first write, in the nearest one that is.
    private static string? Probe(string folder)
    {
        var there = DiskExam.NearestThatExists(folder);
        var probe = Path.Combine(there, $".aico-doctor-{Guid.NewGuid():n}");
        try
        {
            PrivateFiles.Create(probe).Dispose();
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static DoctorFinding Finding(DataFolder folder, DoctorStatus status, string detail, string? remedy) =>
        new("database", Path.GetFileName(folder.Database), status, "organizations, keys, sessions and usage", detail, remedy);
}

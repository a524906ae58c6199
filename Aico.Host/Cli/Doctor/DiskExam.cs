namespace Aico.Host.Cli.Doctor;

/// <summary>Room on the disks that a host writes to.</summary>
internal static class DiskExam
{
    /// <summary>SQLite's journal and a backup of a small database need about this much.</summary>
    public const long Least = 100L * 1024 * 1024;

    /// <summary>Below this somebody should look: usage of a busy host grows by some MB a day.</summary>
    public const long Comfortable = 1024L * 1024 * 1024;

    /// <param name="name">Of the folder, for people.</param>
    /// <param name="purpose">What is written there.</param>
    /// <param name="folder">It need not be there yet.</param>
    /// <param name="freeBytes">What is free where a folder lies.</param>
    public static DoctorFinding Look(string name, string purpose, string folder, Func<string, long> freeBytes)
    {
        long free;
        try
        {
            free = freeBytes(NearestThatExists(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new DoctorFinding("disk", name, DoctorStatus.Warning, purpose, $"How much is free in {folder} is not known: {e.Message}", "Look at the disk.");
        }

        var detail = $"{free / (1024 * 1024)} MB are free in {folder}.";
        return free < Least ? new DoctorFinding("disk", name, DoctorStatus.Broken, purpose, detail, "Free space, or name another folder.")
            : free < Comfortable ? new DoctorFinding("disk", name, DoctorStatus.Warning, purpose, detail, "Free space soon.")
            : new DoctorFinding("disk", name, DoctorStatus.Ok, purpose, detail, null);
    }

    public static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    public static string NearestThatExists(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }
}

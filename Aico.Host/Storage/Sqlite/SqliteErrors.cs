using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>Says what SQLite's faults mean for an operator. Messages never hold values: SQLite's own name tables and columns at most.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Corrupt or NoDatabase;

    public static StoreUnavailableException Explain(SqliteException fault, string path) => new(
        fault.SqliteErrorCode switch
        {
            Busy or Locked => $"Another program has kept the database {path} locked for {SqliteFile.BusyTimeout.TotalSeconds:0} seconds: a backup tool, or an open transaction in a shell.",
            ReadOnly => $"The database {path} cannot be written: look at the rights of the file and of its folder.",
            InputOutput => $"Reading or writing the database {path} failed ({Number(fault)}): look at the disk and at the system's log.",
            Corrupt => $"The database {path} is damaged: stop AICO, keep the file, and put a backup in its place. \"aico db check\" says more.",
            Full => $"The disk of the database {path} is full.",
            CannotOpen => $"The database {path} cannot be opened: look at the rights of the file and of its folder.",
            NoDatabase => $"{path} is no SQLite database, or its beginning is damaged: put a backup in its place, or move it away to begin anew.",
            _ => $"The database {path} cannot be used ({Number(fault)}): {fault.Message}",
        },
        fault);

    private static string Number(SqliteException fault) => $"SQLite error {fault.SqliteExtendedErrorCode}";
}

namespace Aico.Host.Storage.Sqlite;

/// <summary>What an operator does with a database file, whether a host has it open or not. Changes nothing but what is asked for.</summary>
internal static class SqliteMaintenance
{
    /// <summary>Copies the database into a new file.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public static Task BackUpAsync(string database, string path) => SqliteThread.RunAsync(
        () =>
        {
            var file = new SqliteFile(database);
            Inspect(file);
            SqliteBackup.Write(file, path);
        },
        database);

    /// <summary>Looks for damage; the version is null where the file is so damaged that it does not say.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be read, or is not AICO's.</exception>
    public static Task<(int? Version, IReadOnlyList<string> Damage)> CheckAsync(string database) => SqliteThread.RunAsync<(int?, IReadOnlyList<string>)>(
        () =>
        {
            var file = new SqliteFile(database);
            var damage = SqliteCheck.Run(file);
            return damage is [] ? (Inspect(file), damage) : (null, damage);
        },
        database);

    /// <summary>What version the database has.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read, is of a newer AICO or of another program.</exception>
    public static Task<int> VersionAsync(string database) => SqliteThread.RunAsync(() => Inspect(new SqliteFile(database)), database);

    /// <summary>Brings the database to the version that this AICO works with, after a copy beside it.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be written, is of a newer AICO or of another program.</exception>
    public static Task<SqliteMigrationResult> MigrateAsync(string database) => SqliteThread.RunAsync(
        () =>
        {
            var file = new SqliteFile(database);
            using var writer = file.OpenWriter();
            return new SqliteMigrator(file, SqliteMigration.All).Migrate(writer);
        },
        database);

    private static int Inspect(SqliteFile file)
    {
        using var session = file.OpenReader();
        return new SqliteMigrator(file, SqliteMigration.All).Inspect(session);
    }
}

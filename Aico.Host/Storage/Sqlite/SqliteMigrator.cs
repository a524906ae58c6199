using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>Brings the database to the version that this AICO works with, all steps in one transaction.</summary>
internal sealed class SqliteMigrator(SqliteFile file, IReadOnlyList<SqliteMigration> migrations)
{
    /// <summary>"AICO": tells our databases from those of other programs.</summary>
    private const long ApplicationId = 0x4149434F;

    public int Version => migrations[^1].Version;

    /// <summary>What version the database has; 0 where it is empty.</summary>
    /// <exception cref="StoreUnavailableException">It is another program's, or a newer AICO's.</exception>
    public int Inspect(SqliteSession session)
    {
        var application = session.Number("PRAGMA application_id");
        var version = (int)(session.Number("PRAGMA user_version") ?? 0);
        var isEmpty = application == 0 && version == 0 && session.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != ApplicationId && !isEmpty)
        {
            throw new StoreUnavailableException($"{file.Path} is a database of another program.");
        }

        if (version > Version)
        {
            throw new StoreUnavailableException(
                $"The database {file.Path} has version {version}, and this AICO knows versions up to {Version}: start the newer AICO, or put back the backup that it made before it changed the database.");
        }

        return version;
    }

    /// <summary>Migrates where that is due.</summary>
    public SqliteMigrationResult Migrate(SqliteSession writer)
    {
        var found = Inspect(writer);
        // The file keeps this, but a backup that was put in its place has it not. It must be set outside of a transaction.
        writer.Execute("PRAGMA journal_mode = WAL");
        if (found == Version)
        {
            return new SqliteMigrationResult(Version, Version, null);
        }

        writer.Execute("BEGIN IMMEDIATE");
        try
        {
            // Once more, now that no other process can migrate at the same time.
            var from = Inspect(writer);
            if (from == Version)
            {
                return new SqliteMigrationResult(Version, Version, null);
            }

            // Nobody can write while this holds the lock, so the copy is what the migration begins with.
            var backup = from == 0 ? null : BackUp(from);
            foreach (var migration in migrations.Where(migration => migration.Version > from))
            {
                writer.Execute(migration.Sql);
            }

            writer.Execute($"PRAGMA application_id = {ApplicationId}");
            writer.Execute($"PRAGMA user_version = {Version}");
            writer.Execute("COMMIT");
            return new SqliteMigrationResult(from, Version, backup);
        }
        finally
        {
            writer.Rollback();
        }
    }

    private string BackUp(int version)
    {
        var path = $"{file.Path}.v{version}.backup";
        for (var n = 2; File.Exists(path); n++)
        {
            path = $"{file.Path}.v{version}-{n}.backup";
        }

        SqliteBackup.Write(file, path);
        return path;
    }
}

namespace Aico.Host.Storage.Sqlite;

/// <param name="From">The version that was found; 0: the database is new.</param>
/// <param name="To">The version that it has now.</param>
/// <param name="Backup">The copy that was made before; null where none was due.</param>
internal sealed record SqliteMigrationResult(int From, int To, string? Backup);

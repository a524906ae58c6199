using Microsoft.Data.Sqlite;

namespace Aico.Host.Storage.Sqlite;

/// <summary>Looks through the whole file for damage.</summary>
internal static class SqliteCheck
{
    public static IReadOnlyList<string> Run(SqliteFile file)
    {
        try
        {
            using var session = file.OpenReader();
            var damage = session.List("PRAGMA integrity_check", reader => reader.GetString(0)).Where(line => line != "ok");
            // Integrity does not cover references; a row without its organization is one that nobody can reach.
            var orphans = session.List("PRAGMA foreign_key_check", reader => $"A row of {reader.GetString(0)} belongs to no {reader.GetString(2)}.").Distinct();
            return [.. damage, .. orphans];
        }
        catch (SqliteException fault) when (SqliteErrors.IsDamage(fault))
        {
            // Where the damage is such that the check itself cannot go on.
            return [SqliteErrors.Explain(fault, file.Path).Message];
        }
    }
}

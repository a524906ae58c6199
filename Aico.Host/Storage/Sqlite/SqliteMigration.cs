using System.Reflection;

namespace Aico.Host.Storage.Sqlite;

/// <summary>A step from the version before to this one.</summary>
/// <param name="Version">1, 2, 3 …: what user_version is afterwards.</param>
/// <param name="Sql">What it does. Runs in a transaction.</param>
internal sealed record SqliteMigration(int Version, string Sql)
{
    private const string Folder = "Aico.Host.Storage.Sqlite.Migrations.";

    /// <summary>Those that this AICO knows, in order: the files in Migrations/, whose names begin with their number.</summary>
    public static IReadOnlyList<SqliteMigration> All { get; } = Read(typeof(SqliteMigration).Assembly);

    private static List<SqliteMigration> Read(Assembly assembly)
    {
        var migrations = new List<SqliteMigration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            migrations.Add(new SqliteMigration(int.Parse(name.AsSpan(Folder.Length, 4), provider: null), reader.ReadToEnd()));
        }

        return migrations;
    }
}

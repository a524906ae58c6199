using System.CommandLine;

namespace Aico.Host.Cli.Storage;

/// <summary><c>aico db</c>.</summary>
internal static class DbCommand
{
    public static Command Create() => new("db", "Looks after the database: backup, check, migrate.")
    {
        DbBackupCommand.Create(), DbCheckCommand.Create(), DbMigrateCommand.Create(),
    };
}

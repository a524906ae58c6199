using System.CommandLine;
using Aico.Host.Storage.Sqlite;

namespace Aico.Host.Cli.Storage;

/// <summary><c>aico db migrate</c>: what a start does too, at a time of the operator's choice.</summary>
internal static class DbMigrateCommand
{
    public static Command Create()
    {
        var data = new DataOptions();
        var json = CliJson.Option();
        var command = new Command("migrate", "Brings the database to the version that this AICO works with, after a copy beside it. A start does the same.") { json };
        data.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var database = data.Existing(parsed).Database;
            var (from, to, backup) = await SqliteMaintenance.MigrateAsync(database);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { database, from, to, backup });
            }
            else
            {
                await output.WriteLineAsync(from == to
                    ? $"{database} has version {to} already"
                    : $"{database} went from version {from} to {to}{(backup is null ? "" : $"; what it was before is in {backup}")}");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}

using System.CommandLine;
using Aico.Host.Storage.Sqlite;

namespace Aico.Host.Cli.Storage;

/// <summary><c>aico db check</c>: looks through the whole file for damage.</summary>
internal static class DbCheckCommand
{
    public static Command Create()
    {
        var data = new DataOptions();
        var json = CliJson.Option();
        var command = new Command("check", "Looks through the whole database for damage, and changes nothing. Exits with 1 where it finds some.") { json };
        data.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var database = data.Existing(parsed).Database;
            var (version, damage) = await SqliteMaintenance.CheckAsync(database);
            var newest = SqliteMigration.All[^1].Version;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { database, version, newestVersion = newest, ok = damage.Count == 0, damage });
            }
            else if (damage.Count == 0)
            {
                await output.WriteLineAsync($"{database}: no damage; version {version}{(version < newest ? $", and this AICO would bring it to {newest}" : "")}");
            }
            else
            {
                await output.WriteLineAsync($"{database} is damaged:");
                foreach (var line in damage)
                {
                    await output.WriteLineAsync($"    {line}");
                }
            }

            return damage.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

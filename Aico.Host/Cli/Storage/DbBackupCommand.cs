using System.CommandLine;
using Aico.Host.Storage.Sqlite;

namespace Aico.Host.Cli.Storage;

/// <summary><c>aico db backup</c>: copies the database, also while a host works with it.</summary>
internal static class DbBackupCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The copy; it must not exist." };
        var data = new DataOptions();
        var json = CliJson.Option();
        var command = new Command("backup", "Copies the database as it is at this moment, also while a host works with it. The master key is not in it: keep that apart.") { file, json };
        data.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var database = data.Existing(parsed).Database;
            var path = Path.GetFullPath(parsed.GetRequiredValue(file));
            await SqliteMaintenance.BackUpAsync(database, path);
            var bytes = new FileInfo(path).Length;
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { database, backup = path, bytes });
            }
            else
            {
                await output.WriteLineAsync($"{path}: {bytes / 1024.0:0} KiB");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}

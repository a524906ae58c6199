using System.CommandLine;
using Aico.Host.Cli.Agents;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Storage;

/// <summary>The options by which commands find the local database, and what they make of them.</summary>
internal sealed class DataOptions
{
    public Option<string?> DataDir { get; } = new("--data-dir")
    {
        Description = $"The folder with the database and the master key. Default: {DataFolder.Variable}, else /var/lib/aico for root and ~/.local/share/aico for others.",
        HelpName = "folder",
    };

    public Option<string[]> EnvFiles { get; } = EnvironmentOption.Create();

    /// <summary>Who changes something at the command line, for the audit log.</summary>
    public static StoreActor Actor => new($"cli:{Environment.UserName}");

    public void AddTo(Command command)
    {
        command.Add(DataDir);
        command.Add(EnvFiles);
    }

    public IReadOnlyDictionary<string, string> Variables(ParseResult parsed) => CliEnvironment.Read(parsed.GetValue(EnvFiles) ?? []);

    public DataFolder Folder(ParseResult parsed) => DataFolder.Find(parsed.GetValue(DataDir), Variables(parsed));

    /// <summary>The folder of a database that is there already.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public DataFolder Existing(ParseResult parsed)
    {
        var folder = Folder(parsed);
        return File.Exists(folder.Database)
            ? folder
            : throw new CliException($"There is no database {folder.Database}: name its folder with --data-dir or {DataFolder.Variable}, or start \"aico serve\", which makes one.");
    }

    /// <summary>
    /// Opens a store that is there already; a host may have it open too. Brings no older one up: a program that was updated a moment ago
    /// must not take the database from the host that still runs.
    /// </summary>
    /// <exception cref="CliException">There is none, or it must be migrated first.</exception>
    public async Task<IStore> OpenAsync(ParseResult parsed, TimeProvider time, CancellationToken ct)
    {
        var database = Existing(parsed).Database;
        var (version, newest) = (await SqliteMaintenance.VersionAsync(database), SqliteMigration.All[^1].Version);
        return version == newest
            ? await SqliteStore.OpenAsync(database, time, NullLoggerFactory.Instance, ct)
            : throw new CliException(
                $"The database {database} has version {version}, and this AICO works with {newest}: stop the hosts that use it and run \"aico db migrate\", or start this AICO's host.",
                ExitCode.Failed);
    }
}

using System.Runtime.Versioning;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Cli.Doctor;

/// <summary>The keys that secrets are encrypted under: are they there, can others read them, do they open what the database holds.</summary>
internal static class KeyFileExam
{
    [UnsupportedOSPlatform("windows")]
    private const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>A file of variables that everybody can read; null where all is well.</summary>
    /// <remarks>A group is let in: that of a service, whose file root writes.</remarks>
    public static DoctorFinding? EnvironmentFile(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Everybody) != 0
        ? new DoctorFinding("key", path, DoctorStatus.Warning, "variables, keys among them", "Everybody on this machine may read or write it.", $"Run \"chmod o= {path}\".")
        : null;

    public static async Task<DoctorFinding> LookAsync(DataFolder folder, IReadOnlyDictionary<string, string> environment, TimeProvider time, CancellationToken ct)
    {
        var (value, file) = (environment.GetValueOrDefault(MasterKeys.Variable), environment.GetValueOrDefault(MasterKeys.FileVariable));
        var isOurs = value is not { Length: > 0 } && file is not { Length: > 0 };
        var name = value is { Length: > 0 } ? MasterKeys.Variable : isOurs ? "master.key" : MasterKeys.FileVariable;
        DoctorFinding Finding(DoctorStatus status, string? detail, string? remedy) => new("key", name, status, "secrets of organizations", detail, remedy);
        try
        {
            if (isOurs && !File.Exists(folder.MasterKey))
            {
                return await SecretsNotUnderAsync("", folder, time, ct) is { Count: > 0 }
                    ? Finding(DoctorStatus.Broken, $"{folder.MasterKey} is not there, and the database holds secrets that only its key opens.", $"Put the file back from its backup, or set {MasterKeys.Variable}.")
                    : Finding(DoctorStatus.Missing, "There is none yet.", "Nothing: \"aico serve\" makes it. Then keep a copy of it apart from the database's.");
            }

            // With a file of ours that is there this makes nothing.
            var keys = MasterKeys.Open(folder, environment);
            var others = await SecretsNotUnderAsync(keys.Current.Id, folder, time, ct);
            return others.FirstOrDefault(secret => keys.Find(secret.Secret.Encrypted.KeyId) is null) is { } lost
                ? Finding(DoctorStatus.Broken, $"A secret of \"{lost.OrganizationId}\" is encrypted under the key {lost.Secret.Encrypted.KeyId}, which is not in {keys.Place}.", $"Add that key to {keys.Place}, or set the secrets of this organization anew.")
                : !isOurs && file is { Length: > 0 } && PrivateFiles.AreOthersLetIn(file)
                ? Finding(DoctorStatus.Warning, $"Others than its owner may read or write {file}.", $"Run \"chmod 600 {file}\", unless a container platform mounts it so.")
                : Finding(DoctorStatus.Ok, keys.Place, null);
        }
        catch (MasterKeyException e)
        {
            return Finding(DoctorStatus.Broken, e.Message, isOurs ? $"Run \"chmod 600 {folder.MasterKey}\", or put the file back from its backup." : $"Set {name} right.");
        }
        catch (StoreUnavailableException)
        {
            return Finding(DoctorStatus.Warning, "Whether it opens the secrets is not known: the database cannot be read.", "Mend the database first.");
        }
    }

    // A database of another version is left alone: opening it would bring it up.
    private static async Task<IReadOnlyList<OwnedSecretRow>> SecretsNotUnderAsync(string keyId, DataFolder folder, TimeProvider time, CancellationToken ct)
    {
        if (!File.Exists(folder.Database) || await SqliteMaintenance.VersionAsync(folder.Database) != SqliteMigration.All[^1].Version)
        {
            return [];
        }

        await using var store = await SqliteStore.OpenAsync(folder.Database, time, NullLoggerFactory.Instance, ct);
        return await store.SecretsNotUnderAsync(keyId, 1000, ct);
    }
}

using Aico.Host.Storage.Sqlite.Changes;
using Aico.Host.Storage.Sqlite.Queries;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Storage.Sqlite;

/// <summary>The store in one SQLite file. Other processes may have the same file open.</summary>
internal sealed partial class SqliteStore : IStore
{
    /// <summary>A read takes some tens of microseconds; the second is for while the first waits for the disk.</summary>
    private const int Readers = 2;

    private readonly SqliteFile _file;
    private readonly TimeProvider _time;
    private readonly SqliteQueue _writes;
    private readonly SqliteQueue _reads;

    private SqliteStore(SqliteFile file, TimeProvider time, SqliteQueue writes, SqliteQueue reads) => (_file, _time, _writes, _reads) = (file, time, writes, reads);

    /// <summary>Opens the database, makes it where there is none, and migrates it where it is older, after a copy beside it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened, is damaged, is of another program or of a newer AICO.</exception>
    public static Task<SqliteStore> OpenAsync(string path, TimeProvider time, ILoggerFactory loggerFactory, CancellationToken ct) =>
        OpenAsync(path, SqliteMigration.All, time, loggerFactory, ct);

    /// <inheritdoc cref="OpenAsync(string, TimeProvider, ILoggerFactory, CancellationToken)"/>
    internal static Task<SqliteStore> OpenAsync(
        string path, IReadOnlyList<SqliteMigration> migrations, TimeProvider time, ILoggerFactory loggerFactory, CancellationToken ct)
    {
        var logger = loggerFactory.CreateLogger<SqliteStore>();
        // A migration takes as long as the data is large; the thread of the caller is not for that.
        return SqliteThread.RunAsync(() => Open(new SqliteFile(path), migrations, time, logger, ct), path);
    }

    public (int Writes, int Reads) Waiting => (_writes.Waiting, _reads.Waiting);

    public ValueTask<long> RevisionAsync(CancellationToken ct) => _reads.RunAsync(session => session.Number("SELECT revision FROM state")!.Value, ct);

    public ValueTask<IReadOnlyList<OrganizationRow>> ListOrganizationsAsync(string? afterId, int limit, CancellationToken ct) =>
        _reads.RunAsync(session => OrganizationQueries.List(session, afterId, limit), ct);

    public ValueTask<OrganizationRecord?> FindOrganizationAsync(string id, CancellationToken ct) =>
        _reads.RunAsync(session => OrganizationQueries.Find(session, id), ct);

    public ValueTask<long> ApplyAsync(IReadOnlyList<StoreChange> changes, StoreActor actor, CancellationToken ct) =>
        _writes.RunAsync(session => ChangeWriter.Apply(session, changes, actor, _time.GetUtcNow()), ct);

    public ValueTask<IReadOnlyList<ChangedOrganization>> ChangesSinceAsync(long revision, int limit, CancellationToken ct) =>
        _reads.RunAsync(session => OrganizationQueries.ChangesSince(session, revision, limit), ct);

    public ValueTask<IReadOnlyList<OwnedSecretRow>> SecretsNotUnderAsync(string keyId, int limit, CancellationToken ct) =>
        _reads.RunAsync(session => SecretQueries.NotUnder(session, keyId, limit), ct);

    public ValueTask<int> ReplaceEncryptionAsync(IReadOnlyList<ReencryptedSecret> secrets, CancellationToken ct) =>
        _writes.RunAsync(session => SecretQueries.ReplaceEncryption(session, secrets), ct);

    public ValueTask<ApiKeyRow?> FindApiKeyAsync(ReadOnlyMemory<byte> hash, CancellationToken ct) =>
        _reads.RunAsync(session => ApiKeyQueries.Find(session, hash.ToArray()), ct);

    public ValueTask<IReadOnlyList<ApiKeyRow>> ListApiKeysAsync(string organizationId, CancellationToken ct) =>
        _reads.RunAsync(session => ApiKeyQueries.List(session, organizationId), ct);

    public async ValueTask TouchApiKeysAsync(IReadOnlyDictionary<string, DateTimeOffset> lastUsed, CancellationToken ct) =>
        await _writes.RunAsync(session => ApiKeyQueries.Touch(session, lastUsed), ct);

    public async ValueTask AddUsageAsync(IReadOnlyList<UsageRow> usage, CancellationToken ct) =>
        await _writes.RunAsync(session => UsageQueries.Add(session, usage), ct);

    public ValueTask<bool> AddUsageOnceAsync(string organizationId, string batchId, IReadOnlyList<UsageRow> usage, CancellationToken ct) =>
        _writes.RunAsync(session => UsageQueries.AddOnce(session, organizationId, batchId, usage, _time.GetUtcNow()), ct);

    public ValueTask<IReadOnlyList<UsageSum>> SumUsageAsync(
        string organizationId, DateTimeOffset from, DateTimeOffset to, UsageGrouping grouping, CancellationToken ct) =>
        _reads.RunAsync(session => UsageQueries.Sum(session, organizationId, from, to, grouping), ct);

    public async ValueTask SaveSessionAsync(SessionRow session, CancellationToken ct) =>
        await _writes.RunAsync(db => SessionQueries.Save(db, session), ct);

    public ValueTask<IReadOnlyList<SessionRow>> ListSessionsAsync(
        string organizationId, (DateTimeOffset Started, string Id)? before, int limit, CancellationToken ct) =>
        _reads.RunAsync(session => SessionQueries.List(session, organizationId, before, limit), ct);

    public ValueTask<SessionRow?> FindSessionAsync(string organizationId, string id, CancellationToken ct) =>
        _reads.RunAsync(session => SessionQueries.Find(session, organizationId, id), ct);

    public ValueTask<IReadOnlyList<AuditRow>> ListAuditAsync(string organizationId, long? below, int limit, CancellationToken ct) =>
        _reads.RunAsync(session => AuditQueries.List(session, organizationId, below, limit), ct);

    public async ValueTask BackupAsync(string path, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await SqliteThread.RunAsync(() => SqliteBackup.Write(_file, path), _file.Path);
    }

    public async ValueTask<IReadOnlyList<string>> CheckAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await SqliteThread.RunAsync(() => SqliteCheck.Run(_file), _file.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _reads.DisposeAsync();
        await _writes.DisposeAsync();
    }

    private static SqliteStore Open(
        SqliteFile file, IReadOnlyList<SqliteMigration> migrations, TimeProvider time, ILogger logger, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var opened = new List<SqliteSession>();
        try
        {
            if (file.Ensure())
            {
                LogShutOut(logger, file.Path);
            }

            opened.Add(file.OpenWriter());
            var migrator = new SqliteMigrator(file, migrations);
            if (migrator.Migrate(opened[0]) is { Backup: { } backup } migrated)
            {
                LogMigrated(logger, file.Path, migrated.From, migrated.To, backup);
            }

            opened.AddRange(Enumerable.Range(0, Readers).Select(_ => file.OpenReader()));
            var transactions = new SqliteTransactions(file.Path, migrator.Version);
            var writes = SqliteQueue.Start("aico store writer", file.Path, opened[..1], transactions.Write, SqliteTransactions.Most);
            var reads = SqliteQueue.Start("aico store reader", file.Path, opened[1..], SqliteTransactions.Read, most: 1);
            return new SqliteStore(file, time, writes, reads);
        }
        catch
        {
            opened.ForEach(session => session.Dispose());
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Others could read the database {Path}; its mode is 600 now")]
    private static partial void LogShutOut(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database {Path} was brought from version {From} to {To}; what it was before is in {Backup}")]
    private static partial void LogMigrated(ILogger logger, string path, int from, int to, string backup);
}

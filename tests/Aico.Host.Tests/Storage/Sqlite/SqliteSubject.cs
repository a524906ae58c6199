using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Storage.Sqlite;

internal sealed class SqliteSubject : IStoreSubject
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-store-");

    public string Folder => _folder.FullName;

    public string Path => System.IO.Path.Combine(Folder, "data", "aico.db");

    public async Task<IStore> OpenAsync(TimeProvider time) => await SqliteStore.OpenAsync(Path, time, NullLoggerFactory.Instance, CancellationToken.None);

    public Task<SqliteStore> OpenAsync(params SqliteMigration[] migrations) =>
        SqliteStore.OpenAsync(Path, migrations, new ManualClock(), NullLoggerFactory.Instance, CancellationToken.None);

    public void Dispose() => _folder.Delete(recursive: true);
}

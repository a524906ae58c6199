using System.Runtime.Versioning;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Storage.Sqlite;

public class SqliteStoreTests
{
    private static readonly StoreActor Anna = new("cli:anna");

    private SqliteSubject _subject = null!;

    [SetUp]
    public void Begin() => _subject = new SqliteSubject();

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Lets_nobody_else_read_the_database_its_log_its_backup_and_a_folder_that_it_makes()
    {
        await using var store = await FilledAsync();
        var backup = Path.Combine(_subject.Folder, "copy.backup");
        await store.BackupAsync(backup, default);

        foreach (var file in new[] { _subject.Path, _subject.Path + "-wal", _subject.Path + "-shm", backup })
        {
            File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }

        File.GetUnixFileMode(Path.GetDirectoryName(_subject.Path)!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task Shuts_others_out_of_a_database_that_they_could_read()
    {
        await (await FilledAsync()).DisposeAsync();
        File.SetUnixFileMode(_subject.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        await using var store = await OpenAsync();

        File.GetUnixFileMode(_subject.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task Backs_up_what_opens_as_a_store_with_everything_in_it()
    {
        var backup = Path.Combine(_subject.Folder, "copy.backup");
        await using (var store = await FilledAsync())
        {
            await store.BackupAsync(backup, default);
            await store.ApplyAsync([new StoreChange.DeleteOrganization("acme")], Anna, default);
        }

        await using var copy = await SqliteStore.OpenAsync(backup, new ManualClock(), NullLoggerFactory.Instance, default);

        (await copy.RevisionAsync(default)).Should().Be(1);
        (await copy.FindOrganizationAsync("acme", default)).Should().NotBeNull();
        (await copy.CheckAsync(default)).Should().BeEmpty();
        using var session = new SqliteFile(backup).OpenReader();
        session.List("PRAGMA journal_mode", reader => reader.GetString(0)).Should().Equal("wal");
    }

    [Test]
    public void Flushes_every_commit_and_checks_references()
    {
        var file = new SqliteFile(_subject.Path);
        file.Ensure();

        using var writer = file.OpenWriter();

        writer.Number("PRAGMA synchronous").Should().Be(2, "2 is FULL");
        writer.Number("PRAGMA foreign_keys").Should().Be(1);
        writer.Number("PRAGMA secure_delete").Should().Be(1);
        writer.Number("PRAGMA busy_timeout").Should().Be(5000);
    }

    [Test]
    public async Task Cannot_write_where_it_reads()
    {
        await (await FilledAsync()).DisposeAsync();

        using var reader = new SqliteFile(_subject.Path).OpenReader();

        reader.Invoking(session => session.Execute("DELETE FROM organizations")).Should().Throw<SqliteException>();
    }

    [Test]
    public async Task Refuses_what_is_no_database_and_names_it()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_subject.Path)!);
        await File.WriteAllTextAsync(_subject.Path, new string('x', 5000));

        await RefusedAsync("*aico.db is no SQLite database, or its beginning is damaged*");

        (await File.ReadAllTextAsync(_subject.Path)).Should().Be(new string('x', 5000));
    }

    [Test]
    public async Task Refuses_the_database_of_another_program_and_leaves_it_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_subject.Path)!);
        Sql("CREATE TABLE theirs (id INTEGER)");

        await RefusedAsync("*aico.db is a database of another program.");

        Tables().Should().Equal("theirs");
    }

    [Test]
    public async Task Says_that_the_database_is_damaged_and_which()
    {
        await using (var store = await FilledAsync())
        {
            var text = $$"""{"text":"{{new string('x', 500)}}"}""";
            await store.ApplyAsync([.. Enumerable.Range(0, 1000).Select(n => new StoreChange.PutProvider("acme", $"p{n}", text, true, 1))], Anna, default);
        }

        // The first pages stay, with the version and the schema.
        await using (var file = File.OpenWrite(_subject.Path))
        {
            file.Position = 50 * 4096;
            file.Write(Enumerable.Repeat((byte)0xAA, (int)(file.Length - file.Position)).ToArray());
        }

        await using var damaged = await OpenAsync();
        var read = () => damaged.FindOrganizationAsync("acme", default).AsTask();

        (await read.Should().ThrowAsync<StoreUnavailableException>()).Which.Message.Should().Contain(_subject.Path).And.Contain("is damaged").And.Contain("backup");
        (await damaged.CheckAsync(default)).Should().NotBeEmpty();
    }

    [Test]
    public async Task Says_that_a_folder_cannot_be_made()
    {
        await File.WriteAllTextAsync(Path.Combine(_subject.Folder, "data"), "a file where the folder should be");

        await FluentActions.Awaiting(OpenAsync).Should().ThrowAsync<IOException>();
    }

    [Test]
    public async Task Goes_on_after_a_write_that_another_process_has_kept_out()
    {
        await using var store = await FilledAsync();
        using (var connection = new SqliteConnection($"Data Source={_subject.Path};Pooling=false"))
        {
            connection.Open();
            using var lockIt = connection.CreateCommand();
            lockIt.CommandText = "BEGIN EXCLUSIVE";
            lockIt.ExecuteNonQuery();

            var write = () => store.ApplyAsync([new StoreChange.RenameOrganization("acme", "x")], Anna, default).AsTask();
            (await write.Should().ThrowAsync<StoreUnavailableException>()).Which.Message.Should().Contain("locked for 5 seconds");
        }

        (await store.ApplyAsync([new StoreChange.RenameOrganization("acme", "y")], Anna, default)).Should().Be(2);
    }

    private Task<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(_subject.Path, new ManualClock(), NullLoggerFactory.Instance, default);

    private async Task<SqliteStore> FilledAsync()
    {
        var store = await OpenAsync();
        await store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme Inc.")], Anna, default);
        return store;
    }

    private async Task RefusedAsync(string message) =>
        await FluentActions.Awaiting(OpenAsync).Should().ThrowAsync<StoreUnavailableException>().WithMessage(message);

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_subject.Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private List<string> Tables()
    {
        using var session = new SqliteFile(_subject.Path).OpenReader();
        return session.List("SELECT name FROM sqlite_schema", reader => reader.GetString(0));
    }
}

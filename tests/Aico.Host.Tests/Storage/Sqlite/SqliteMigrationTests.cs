using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Storage.Sqlite;

public class SqliteMigrationTests
{
    private static readonly StoreActor Anna = new("cli:anna");

    private static readonly SqliteMigration _first = SqliteMigration.All[0];
    private static readonly SqliteMigration _next = new(2, "CREATE TABLE more (id INTEGER) STRICT; INSERT INTO more VALUES (1);");
    private static readonly SqliteMigration _broken = new(2, "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE half (id INTEGER) STRICT;");

    private SqliteSubject _subject = null!;

    [SetUp]
    public void Begin() => _subject = new SqliteSubject();

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    public void Are_numbered_without_gaps()
    {
        SqliteMigration.All.Select(migration => migration.Version).Should().Equal(Enumerable.Range(1, SqliteMigration.All.Count));
    }

    [Test]
    public async Task Bring_an_older_database_up_and_leave_a_copy_of_what_it_was()
    {
        await FillAsync(_first);

        await using (var store = await _subject.OpenAsync(_first, _next))
        {
            (await store.FindOrganizationAsync("acme", default)).Should().NotBeNull();
        }

        Version(_subject.Path).Should().Be(2);
        var backup = _subject.Path + ".v1.backup";
        Version(backup).Should().Be(1);
        await using var before = await SqliteStore.OpenAsync(backup, [_first], new ManualClock(), NullLoggerFactory.Instance, default);
        (await before.FindOrganizationAsync("acme", default)).Should().NotBeNull();
    }

    [Test]
    public async Task Keep_the_keys_of_the_first_version_in_their_order()
    {
        static ApiKeyRow Key(string organization, byte number) => new()
        {
            Id = $"k{number}",
            OrganizationId = organization,
            Name = "n",
            Hash = new[] { number },
            Scopes = ["usage:read"],
            Created = ManualClock.Start,
            Expires = ManualClock.Start.AddDays(number),
        };
        await using (var store = await _subject.OpenAsync(_first))
        {
            await store.ApplyAsync(
                [new StoreChange.CreateOrganization("acme", "Acme"), .. new byte[] { 3, 1, 2 }.Select(number => new StoreChange.AddApiKey("acme", Key("acme", number)))], Anna, default);
            await store.ApplyAsync([new StoreChange.EndApiKey("acme", "k1", ManualClock.Start)], Anna, default);
        }

        await using var migrated = await _subject.OpenAsync([.. SqliteMigration.All]);

        var keys = await migrated.ListApiKeysAsync("acme", default);
        keys.Select(key => (key.Id, key.Expires, key.Ended)).Should().Equal(
            ("k2", ManualClock.Start.AddDays(2), null), ("k1", ManualClock.Start.AddDays(1), ManualClock.Start), ("k3", ManualClock.Start.AddDays(3), null));
        (await migrated.FindApiKeyAsync(new byte[] { 3 }, default)).Should().NotBeNull();
        await migrated.ApplyAsync([new StoreChange.AddApiKey("filed", Key("filed", 9))], Anna, default);
        (await migrated.CheckAsync(default)).Should().BeEmpty();
    }

    [Test]
    public async Task Overwrite_no_copy_of_an_earlier_time()
    {
        await FillAsync(_first);
        await File.WriteAllTextAsync(_subject.Path + ".v1.backup", "earlier");

        await (await _subject.OpenAsync(_first, _next)).DisposeAsync();

        (await File.ReadAllTextAsync(_subject.Path + ".v1.backup")).Should().Be("earlier");
        Version(_subject.Path + ".v1-2.backup").Should().Be(1);
    }

    [Test]
    public async Task Make_no_copy_of_a_new_database_nor_of_one_that_is_up_to_date()
    {
        await FillAsync(_first, _next);
        await (await _subject.OpenAsync(_first, _next)).DisposeAsync();

        Directory.EnumerateFiles(Path.GetDirectoryName(_subject.Path)!, "*.backup*").Should().BeEmpty();
    }

    [Test]
    public async Task Change_nothing_where_one_of_them_fails()
    {
        await FillAsync(_first);

        await FluentActions.Awaiting(() => _subject.OpenAsync(_first, _broken)).Should().ThrowAsync<StoreUnavailableException>();

        Version(_subject.Path).Should().Be(1);
        await using var store = await _subject.OpenAsync(_first);
        (await store.FindOrganizationAsync("acme", default)).Should().NotBeNull();
    }

    [Test]
    public async Task Refuse_a_database_of_a_newer_version_and_leave_it_alone()
    {
        await FillAsync(_first, _next);

        (await FluentActions.Awaiting(() => _subject.OpenAsync(_first)).Should().ThrowAsync<StoreUnavailableException>())
            .Which.Message.Should().Contain(_subject.Path).And.Contain("has version 2, and this AICO knows versions up to 1");

        Version(_subject.Path).Should().Be(2);
    }

    [Test]
    public async Task Stop_an_older_host_that_is_still_writing()
    {
        await FillAsync(_first);
        await using var older = await _subject.OpenAsync(_first);
        await using var newer = await _subject.OpenAsync(_first, _next);

        var write = () => older.ApplyAsync([new StoreChange.RenameOrganization("acme", "x")], Anna, default).AsTask();

        (await write.Should().ThrowAsync<StoreUnavailableException>()).Which.Message.Should().Contain("A newer AICO has changed the database");
        (await newer.ApplyAsync([new StoreChange.RenameOrganization("acme", "y")], Anna, default)).Should().Be(2);
    }

    [Test]
    public async Task Are_made_once_where_two_hosts_start_together()
    {
        await FillAsync(_first);

        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _subject.OpenAsync(_first, _next)));

        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }

        using var session = new SqliteFile(_subject.Path).OpenReader();
        session.Number("SELECT count(*) FROM more").Should().Be(1);
        Directory.EnumerateFiles(Path.GetDirectoryName(_subject.Path)!, "*.backup").Should().ContainSingle();
    }

    [Test]
    public async Task Begin_where_a_first_start_was_killed_before_anything_was_in_the_file()
    {
        new SqliteFile(_subject.Path).Ensure();

        await using var store = await _subject.OpenAsync(_first);

        (await store.RevisionAsync(default)).Should().Be(0);
    }

    private async Task FillAsync(params SqliteMigration[] migrations)
    {
        await using var store = await _subject.OpenAsync(migrations);
        await store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme Inc.")], Anna, default);
    }

    private static long Version(string path)
    {
        using var session = new SqliteFile(path).OpenReader();
        return session.Number("PRAGMA user_version")!.Value;
    }
}

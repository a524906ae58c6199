using System.CommandLine;
using Aico.Host.Cli.Storage;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Cli.Storage;

public class DbCommandsTests
{
    private SqliteSubject _subject = null!;

    [SetUp]
    public async Task Begin()
    {
        _subject = new SqliteSubject();
        await using var store = await _subject.OpenAsync(new ManualClock());
        await store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme")], new StoreActor("cli:test"), default);
    }

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    public async Task Backup_copies_the_database_of_a_running_host()
    {
        await using var running = await _subject.OpenAsync(new ManualClock());
        var path = Path.Combine(_subject.Folder, "copy.backup");

        var result = await RunAsync("backup", path, "--json");

        result.ExitCode.Should().Be(0);
        result.Json["backup"]!.GetValue<string>().Should().Be(path);
        result.Json["bytes"]!.GetValue<long>().Should().Be(new FileInfo(path).Length);
        await using var copy = await SqliteStore.OpenAsync(path, new ManualClock(), NullLoggerFactory.Instance, default);
        (await copy.FindOrganizationAsync("acme", default)).Should().NotBeNull();
    }

    [Test]
    public async Task Backup_overwrites_nothing()
    {
        var result = await RunAsync("backup", _subject.Path);

        result.Should().Be(new CliHarness(1, "", $"aico: {_subject.Path} exists already; a backup overwrites nothing.{Environment.NewLine}"));
    }

    [Test]
    public async Task Check_finds_no_damage_in_a_sound_database()
    {
        var newest = SqliteMigration.All[^1].Version;

        (await RunAsync("check")).Should().Be(new CliHarness(0, $"{_subject.Path}: no damage; version {newest}{Environment.NewLine}", ""));
        (await RunAsync("check", "--json")).Json.ToJsonString().Should().Be(
            $$"""{"database":"{{_subject.Path}}","version":{{newest}},"newestVersion":{{newest}},"ok":true,"damage":[]}""");
    }

    [Test]
    public async Task Check_fails_where_the_database_is_damaged()
    {
        await using (var file = File.OpenWrite(_subject.Path))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xAA, (int)(file.Length - file.Position)).ToArray());
        }

        var result = await RunAsync("check", "--json");

        result.ExitCode.Should().Be(1);
        result.Json["ok"]!.GetValue<bool>().Should().BeFalse();
        result.Json["damage"]!.AsArray().Should().NotBeEmpty();
        (await RunAsync("check")).Output.Should().Contain("is damaged:");
    }

    [Test]
    public async Task Migrate_says_that_there_is_nothing_to_do()
    {
        var newest = SqliteMigration.All[^1].Version;

        (await RunAsync("migrate")).Should().Be(new CliHarness(0, $"{_subject.Path} has version {newest} already{Environment.NewLine}", ""));
        (await RunAsync("migrate", "--json")).Json.ToJsonString().Should().Be($$"""{"database":"{{_subject.Path}}","from":{{newest}},"to":{{newest}},"backup":null}""");
    }

    [TestCase("backup", "copy.backup")]
    [TestCase("check")]
    [TestCase("migrate")]
    public async Task Refuse_a_database_of_a_newer_version(params string[] args)
    {
        await (await _subject.OpenAsync([.. SqliteMigration.All, new SqliteMigration(99, "CREATE TABLE more (id INTEGER) STRICT")])).DisposeAsync();

        var result = await RunAsync([.. args.Select(arg => arg.EndsWith(".backup", StringComparison.Ordinal) ? Path.Combine(_subject.Folder, arg) : arg)]);

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("has version 99, and this AICO knows versions up to");
        File.Exists(Path.Combine(_subject.Folder, "copy.backup")).Should().BeFalse();
    }

    [TestCase("backup", "copy.backup")]
    [TestCase("check")]
    [TestCase("migrate")]
    public async Task Make_no_database_where_there_is_none(params string[] args)
    {
        File.Delete(_subject.Path);

        var result = await RunAsync(args);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain($"There is no database {_subject.Path}");
        File.Exists(_subject.Path).Should().BeFalse();
    }

    private Task<CliHarness> RunAsync(params string[] args) =>
        CliHarness.RunAsync(new RootCommand("test") { DbCommand.Create() }, ["db", .. args, "--data-dir", Path.GetDirectoryName(_subject.Path)!]);
}

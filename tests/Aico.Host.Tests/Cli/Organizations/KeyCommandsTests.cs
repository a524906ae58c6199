using System.CommandLine;
using Aico.Host.Cli.Organizations;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Cli.Organizations;

public class KeyCommandsTests
{
    private SqliteSubject _subject = null!;
    private ManualClock _clock = null!;

    [SetUp]
    public async Task Begin()
    {
        _subject = new SqliteSubject();
        _clock = new ManualClock();
        await using var store = await _subject.OpenAsync(_clock);
        await store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme")], new StoreActor("cli:test"), default);
    }

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    public async Task Create_prints_a_key_that_is_taken_and_says_apart_what_it_is()
    {
        var result = await RunAsync("create", "--org", "acme", "--name", "ci", "--scope", "usage:read", "providers:read", "--expires-in", "90d");

        result.ExitCode.Should().Be(0);
        result.Error.Should().MatchRegex("^k_[0-9A-Za-z]{12} of acme: providers:read, usage:read; expires 2026-05-30 12:00Z. It is shown this once:\n$");
        await using var store = await _subject.OpenAsync(_clock);
        await using var keys = new ApiKeys(store, _clock);
        (await keys.AuthenticateAsync(result.Output.Trim(), default))!.OrganizationId.Should().Be("acme");
        (await store.ListAuditAsync("acme", null, 1, default))[0].Actor.Should().Be($"cli:{Environment.UserName}");
    }

    [Test]
    public async Task List_shows_keys_without_giving_them_away()
    {
        var key = (await RunAsync("create", "--org", "acme", "--name", "ci", "--scope", "usage:read", "--json")).Json;

        var list = await RunAsync("list", "--org", "acme", "--json");

        list.Json["keys"]!.AsArray().Should().ContainSingle().Which!.ToJsonString().Should().Be(
            $$"""{"id":"{{key["id"]}}","name":"ci","scopes":["usage:read"],"created":"2026-03-01T12:00:00\u002B00:00","expires":null,"ended":null,"lastUsed":null,"isActive":true}""");
        (await RunAsync("list", "--org", "acme")).Output.Should().Contain("never expires").And.Contain("usage:read").And.NotContain(key["key"]!.GetValue<string>());
    }

    [Test]
    public async Task Rotate_makes_a_second_key_and_says_when_the_first_ends()
    {
        var old = (await RunAsync("create", "--org", "acme", "--name", "ci", "--scope", "usage:read", "--json")).Json;

        var made = await RunAsync("rotate", old["id"]!.GetValue<string>(), "--org", "acme", "--overlap", "2h", "--json");

        made.ExitCode.Should().Be(0);
        made.Json["key"]!.GetValue<string>().Should().NotBe(old["key"]!.GetValue<string>());
        (await RunAsync("list", "--org", "acme")).Output.Should().Contain("ends 2026-03-01 14:00Z");
    }

    [Test]
    public async Task Revoke_ends_a_key()
    {
        var id = (await RunAsync("create", "--org", "acme", "--name", "ci", "--scope", "usage:read", "--json")).Json["id"]!.GetValue<string>();

        var result = await RunAsync("revoke", id, "--org", "acme");

        result.Should().Be(new CliHarness(0, $"{id} is refused from now on{Environment.NewLine}", ""));
        (await RunAsync("list", "--org", "acme", "--json")).Json["keys"]![0]!["isActive"]!.GetValue<bool>().Should().BeFalse();
    }

    [Test]
    public async Task Look_after_the_keys_of_an_organization_that_a_file_describes_and_of_one_whose_file_is_gone()
    {
        var env = Path.Combine(_subject.Folder, "env");
        await File.WriteAllTextAsync(env, $"AICO_ORGANIZATIONS_DIR={_subject.Folder}\n");
        var file = Path.Combine(_subject.Folder, "filed.json");
        await File.WriteAllTextAsync(file, "{}");
        string[] create = ["create", "--org", "filed", "--name", "ci", "--scope", "usage:read", "--json", "--env-file", env];

        var made = await RunAsync(create);
        File.Delete(file);
        var refused = await RunAsync(create);

        made.ExitCode.Should().Be(0, made.Error);
        refused.Should().Be(new CliHarness(2, "", $"aico: The organization \"filed\" is not there.{Environment.NewLine}"));
        var id = made.Json["id"]!.GetValue<string>();
        (await RunAsync("list", "--org", "filed", "--env-file", env)).Output.Should().Contain(id);
        (await RunAsync("rotate", id, "--org", "filed", "--env-file", env)).ExitCode.Should().Be(2);
        (await RunAsync("revoke", id, "--org", "filed", "--env-file", env)).ExitCode.Should().Be(0);
    }

    [TestCase("aico: API key: There is no scope \"usage:reed\"; did you mean \"usage:read\"?", "create", "--org", "acme", "--name", "ci", "--scope", "usage:reed")]
    [TestCase("aico: --expires-in: expected a time such as 90d, 12h or 30m.", "create", "--org", "acme", "--name", "ci", "--scope", "usage:read", "--expires-in", "soon")]
    [TestCase("aico: The organization \"globex\" is not there.", "list", "--org", "globex")]
    [TestCase("aico: The API key \"k_none\" is not there.", "revoke", "k_none", "--org", "acme")]
    [TestCase("aico: The API key \"k_none\" is not there.", "rotate", "k_none", "--org", "acme")]
    public async Task Say_in_one_line_what_is_wrong(string line, params string[] args)
    {
        (await RunAsync(args)).Should().Be(new CliHarness(2, "", line + Environment.NewLine));
    }

    [Test]
    public async Task Make_no_database_where_there_is_none()
    {
        var empty = Path.Combine(_subject.Folder, "empty");
        var root = new RootCommand("test") { KeyCommand.Create(_clock) };

        var result = await CliHarness.RunAsync(root, "key", "list", "--org", "acme", "--data-dir", empty);

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain($"There is no database {Path.Combine(empty, "aico.db")}");
        Directory.Exists(empty).Should().BeFalse();
    }

    [Test]
    public async Task Migrate_no_database_that_a_host_of_an_older_version_may_be_using()
    {
        using (var session = new SqliteFile(_subject.Path).OpenWriter())
        {
            session.Execute($"PRAGMA user_version = {SqliteMigration.All[^1].Version - 1}");
        }

        var result = await RunAsync("list", "--org", "acme");

        result.ExitCode.Should().Be(1);
        result.Error.Should().Contain("run \"aico db migrate\"");
        Directory.EnumerateFiles(Path.GetDirectoryName(_subject.Path)!, "*.backup").Should().BeEmpty();
    }

    private Task<CliHarness> RunAsync(params string[] args) =>
        CliHarness.RunAsync(new RootCommand("test") { KeyCommand.Create(_clock) }, ["key", .. args, "--data-dir", Path.GetDirectoryName(_subject.Path)!]);
}

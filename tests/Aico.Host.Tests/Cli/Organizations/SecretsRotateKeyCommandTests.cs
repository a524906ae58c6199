using System.CommandLine;
using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Organizations;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Cli.Organizations;

public class SecretsRotateKeyCommandTests
{
    private static readonly SecretOwner _owner = new("acme", "azure", "apiKey");

    private SqliteSubject _subject = null!;
    private DataFolder _folder = null!;
    private MasterKeys _keys = null!;

    [SetUp]
    public async Task Begin()
    {
        _subject = new SqliteSubject();
        _folder = new DataFolder(Path.GetDirectoryName(_subject.Path)!);
        _keys = MasterKeys.Open(_folder, new Dictionary<string, string>());
        var value = new SecretVault(_keys).Encrypt(_owner, new Secret("canary-5150"));
        await using var store = await _subject.OpenAsync(new ManualClock());
        await store.ApplyAsync(
            [new StoreChange.CreateOrganization("acme", "Acme"), new StoreChange.PutSecrets("acme", "azure", [new NewSecret("apiKey", value, null)])],
            new StoreActor("cli:test"), default);
    }

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    public async Task Says_how_many_secrets_went_under_the_new_key()
    {
        var old = _keys.Current.Id;

        var result = await RunAsync("--json");

        result.ExitCode.Should().Be(0);
        _keys.Current.Id.Should().NotBe(old);
        result.Json.ToJsonString().Should().Be($$"""{"keyId":"{{_keys.Current.Id}}","isNewKey":true,"reencrypted":1,"unreadable":[]}""");
    }

    [Test]
    public async Task Fails_and_names_what_nobody_can_read_and_shows_no_secret()
    {
        var lost = _keys.Current.Id;
        await File.WriteAllTextAsync(_folder.MasterKey, MasterKey.Random().ToBase64());

        var result = await RunAsync();

        result.ExitCode.Should().Be(1);
        result.Output.Should().Contain("0 secrets were brought under the new master key").And.Contain($"is encrypted under the master key {lost}");
        (result.Output + result.Error).Should().NotContain("canary-5150");
    }

    [Test]
    public async Task Makes_no_key_where_the_one_that_secrets_are_under_is_lost()
    {
        File.Delete(_folder.MasterKey);

        var result = await RunAsync();

        result.ExitCode.Should().Be(1);
        result.Output.Should().BeEmpty();
        result.Error.Should().Contain($"put {_folder.MasterKey} back");
        File.Exists(_folder.MasterKey).Should().BeFalse();
    }

    [Test]
    public async Task Makes_the_first_key_where_there_are_no_secrets_yet()
    {
        File.Delete(_folder.MasterKey);
        await using (var store = await _subject.OpenAsync(new ManualClock()))
        {
            await store.ApplyAsync([new StoreChange.DeleteSecrets("acme", "azure", null)], new StoreActor("cli:test"), default);
        }

        (await RunAsync()).ExitCode.Should().Be(0);

        File.Exists(_folder.MasterKey).Should().BeTrue();
    }

    private Task<CliHarness> RunAsync(params string[] args) => CliHarness.RunAsync(
        new RootCommand("test") { SecretsCommand.Create(() => throw new InvalidOperationException("not needed"), new ManualClock(), TextReader.Null) }, ["secrets", "rotate-key", .. args, "--data-dir", _folder.Path]);
}

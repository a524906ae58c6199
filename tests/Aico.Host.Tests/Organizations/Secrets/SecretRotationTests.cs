using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Organizations.Secrets;

public class SecretRotationTests
{
    private static readonly StoreActor _actor = new("cli:test");

    private SqliteSubject _subject = null!;
    private DataFolder _folder = null!;
    private IStore _store = null!;
    private MasterKeys _keys = null!;
    private SecretVault _vault = null!;

    [SetUp]
    public async Task Begin()
    {
        _subject = new SqliteSubject();
        _folder = new DataFolder(_subject.Folder);
        _store = await _subject.OpenAsync(new ManualClock());
        _keys = Open();
        _vault = new SecretVault(_keys);
        await _store.ApplyAsync([new StoreChange.CreateOrganization("acme", "Acme")], _actor, default);
    }

    [TearDown]
    public async Task End()
    {
        await _store.DisposeAsync();
        _subject.Dispose();
    }

    [Test]
    public async Task Brings_every_secret_under_a_new_key_and_changes_no_configuration()
    {
        await PutAsync(250);
        var old = _keys.Current.Id;

        var result = await new SecretRotation(_store, _keys).RunAsync(default);

        result.Should().BeEquivalentTo(new { KeyId = _keys.Current.Id, IsNewKey = true, Reencrypted = 250 }).And.NotBe(old);
        result.Unreadable.Should().BeEmpty();
        (await _store.SecretsNotUnderAsync(_keys.Current.Id, 1, default)).Should().BeEmpty();
        (await _store.RevisionAsync(default)).Should().Be(2);
        await AllReadableAsync(_vault, 250);
        _keys.Find(old).Should().NotBeNull("a process may be writing under it at this moment, and backups are");
    }

    [Test]
    public async Task Forgets_at_the_next_rotation_the_key_before_the_last()
    {
        await PutAsync(3);
        var (first, rotation) = (_keys.Current.Id, new SecretRotation(_store, _keys));

        await rotation.RunAsync(default);
        var second = _keys.Current.Id;
        await rotation.RunAsync(default);

        _keys.Find(first).Should().BeNull();
        _keys.Find(second).Should().NotBeNull();
        await AllReadableAsync(_vault, 3);
    }

    [Test]
    public async Task Is_finished_by_the_next_run_where_it_was_killed_in_the_middle()
    {
        await PutAsync(250);
        var dying = DyingStore.Of(_store, afterBatches: 1);
        await FluentActions.Awaiting(() => new SecretRotation(dying, _keys).RunAsync(default)).Should().ThrowAsync<StoreUnavailableException>();
        await AllReadableAsync(new SecretVault(Open()), 250);
        var current = _keys.Current.Id;

        var result = await new SecretRotation(_store, Open()).RunAsync(default);

        result.Should().BeEquivalentTo(new { KeyId = current, IsNewKey = false, Reencrypted = 150 });
        await AllReadableAsync(_vault, 250);
    }

    [Test]
    public async Task Lets_a_running_process_read_and_write_while_it_works()
    {
        await PutAsync(250);
        var running = new SecretVault(Open());
        var rotating = new SecretRotation(_store, _keys).RunAsync(default);

        // A host whose keys were read before the rotation began.
        for (var n = 0; n < 20; n++)
        {
            var owner = new SecretOwner("acme", "azure", $"written{n}");
            await _store.ApplyAsync([Put(owner, running.Encrypt(owner, new Secret($"w{n}")))], _actor, default);
            await AllReadableAsync(running, 250);
        }

        await rotating;
        await AllReadableAsync(running, 250);
        for (var n = 0; n < 20; n++)
        {
            var owner = new SecretOwner("acme", "azure", $"written{n}");
            (await DecryptAsync(running, owner)).Should().Be(new Secret($"w{n}"));
        }
    }

    [Test]
    public async Task Leaves_what_nobody_can_read_as_it_is_and_names_it()
    {
        await PutAsync(120);
        var lost = new EncryptedValue("m_lost", new byte[] { 1 }, new byte[] { 2 });
        // More than a page of them.
        await _store.ApplyAsync([.. Enumerable.Range(0, 130).Select(n => Put(new SecretOwner("acme", "lost", $"s{n}"), lost))], _actor, default);

        var result = await new SecretRotation(_store, _keys).RunAsync(default);

        result.IsNewKey.Should().BeTrue();
        result.Reencrypted.Should().Be(120);
        result.Unreadable.Should().HaveCount(130).And.OnlyContain(secret => secret.KeyId == "m_lost" && secret.Problem.Contains("m_lost"));
        await AllReadableAsync(_vault, 120);
    }

    [Test]
    public async Task Brings_secrets_under_the_first_of_the_keys_that_the_operator_hands_in()
    {
        await PutAsync(3);
        var (old, next) = (_keys.Current, MasterKey.Random());
        var handedIn = MasterKeys.Open(_folder, new Dictionary<string, string> { ["AICO_MASTER_KEY"] = $"{next.ToBase64()},{old.ToBase64()}" });

        var result = await new SecretRotation(_store, handedIn).RunAsync(default);
        var again = await new SecretRotation(_store, handedIn).RunAsync(default);

        result.Should().BeEquivalentTo(new { KeyId = next.Id, IsNewKey = false, Reencrypted = 3 });
        again.Reencrypted.Should().Be(0);
        await AllReadableAsync(new SecretVault(MasterKeys.Open(_folder, new Dictionary<string, string> { ["AICO_MASTER_KEY"] = next.ToBase64() })), 3);
    }

    [Test]
    public async Task Leaves_nothing_of_a_secret_in_the_database_its_log_or_a_backup()
    {
        var owner = new SecretOwner("acme", "azure", "apiKey");
        await _store.ApplyAsync([Put(owner, _vault.Encrypt(owner, new Secret("canary-90210")))], _actor, default);
        await new SecretRotation(_store, _keys).RunAsync(default);
        await _store.BackupAsync(Path.Combine(_subject.Folder, "copy.backup"), default);

        var files = Directory.EnumerateFiles(_subject.Folder, "*", SearchOption.AllDirectories).ToList();

        files.Select(Path.GetFileName).Should().Contain(["aico.db", "aico.db-wal", "copy.backup", "master.key"]);
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).Contains("canary-90210", StringComparison.Ordinal).Should().BeFalse(file);
        }
    }

    private MasterKeys Open() => MasterKeys.Open(_folder, new Dictionary<string, string>());

    private ValueTask<long> PutAsync(int count) => _store.ApplyAsync(
        [
            .. Enumerable.Range(0, count).Select(n => new SecretOwner("acme", "azure", $"s{n}"))
                .Select((owner, n) => Put(owner, _vault.Encrypt(owner, new Secret($"value {n}")))),
        ],
        _actor, default);

    private static StoreChange.PutSecrets Put(SecretOwner owner, EncryptedValue value) =>
        new(owner.OrganizationId, owner.ProviderKey, [new NewSecret(owner.Name, value, null)]);

    private async Task AllReadableAsync(SecretVault vault, int count)
    {
        var rows = (await _store.FindOrganizationAsync("acme", default))!.Secrets.Where(row => row.Name[0] == 's' && row.ProviderKey == "azure").ToList();
        rows.Should().HaveCount(count);
        foreach (var row in rows)
        {
            vault.Decrypt(new SecretOwner("acme", "azure", row.Name), row.Encrypted).Should().Be(new Secret($"value {row.Name[1..]}"));
        }
    }

    private async Task<Secret> DecryptAsync(SecretVault vault, SecretOwner owner) => vault.Decrypt(
        owner, (await _store.FindOrganizationAsync(owner.OrganizationId, default))!.Secrets.Single(row => row.Name == owner.Name).Encrypted);
}

using Aico.Abstractions.Plugins;
using Aico.Host.Cli;
using Aico.Host.Cli.Doctor;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Cli.Doctor;

[Platform(Exclude = "Win")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class KeyFileExamTests
{
    private readonly Dictionary<string, string> _environment = [];
    private SqliteSubject _subject = null!;

    private DataFolder Folder => new(Path.GetDirectoryName(_subject.Path)!);

    [SetUp]
    public void Begin() => _subject = new SqliteSubject();

    [TearDown]
    public void End() => _subject.Dispose();

    [Test]
    public async Task A_file_that_opens_every_secret_is_well()
    {
        await SecretAsync();

        (await LookAsync()).Should().Match<DoctorFinding>(found => found.Status == DoctorStatus.Ok && found.Detail == Folder.MasterKey && found.Remedy == null);
    }

    [Test]
    public async Task None_is_missing_where_there_is_no_secret_and_none_is_made()
    {
        (await LookAsync()).Status.Should().Be(DoctorStatus.Missing);

        File.Exists(Folder.MasterKey).Should().BeFalse();
    }

    [Test]
    public async Task None_is_a_fault_where_there_are_secrets()
    {
        await SecretAsync();
        File.Delete(Folder.MasterKey);

        var finding = await LookAsync();

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Remedy.Should().Contain("backup");
        File.Exists(Folder.MasterKey).Should().BeFalse();
    }

    [Test]
    public async Task Another_key_than_the_secrets_are_under_is_a_fault()
    {
        await SecretAsync();
        _environment["AICO_MASTER_KEY"] = MasterKey.Random().ToBase64();

        var finding = await LookAsync();

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Detail.Should().StartWith("A secret of \"acme\" is encrypted under the key ");
        $"{finding}".Should().NotContain(_environment["AICO_MASTER_KEY"]);
    }

    [Test]
    public async Task A_file_that_others_can_read_is_a_fault()
    {
        await SecretAsync();
        File.SetUnixFileMode(Folder.MasterKey, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var finding = await LookAsync();

        finding.Status.Should().Be(DoctorStatus.Broken);
        finding.Remedy.Should().Contain($"chmod 600 {Folder.MasterKey}");
    }

    [Test]
    public async Task A_mounted_file_that_others_can_read_is_only_told_of()
    {
        var file = Path.Combine(_subject.Folder, "mounted.key");
        File.WriteAllText(file, MasterKey.Random().ToBase64());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        _environment["AICO_MASTER_KEY_FILE"] = file;

        (await LookAsync()).Status.Should().Be(DoctorStatus.Warning);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        (await LookAsync()).Status.Should().Be(DoctorStatus.Ok);
    }

    [Test]
    public void A_file_of_variables_that_everybody_can_read_is_told_of()
    {
        var file = Path.Combine(_subject.Folder, "aico.env");
        File.WriteAllText(file, "");

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        KeyFileExam.EnvironmentFile(file).Should().BeNull("a service's group may read what root writes");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        KeyFileExam.EnvironmentFile(file)!.Remedy.Should().Contain("chmod");
    }

    private async Task SecretAsync()
    {
        await using var store = await _subject.OpenAsync(new ManualClock());
        var vault = new SecretVault(MasterKeys.Open(Folder, new Dictionary<string, string>()));
        var owner = new SecretOwner("acme", "vendor", "apiKey");
        await store.ApplyAsync(
            [new StoreChange.CreateOrganization("acme", "Acme"), new StoreChange.PutSecrets("acme", "vendor", [new NewSecret("apiKey", vault.Encrypt(owner, new Secret("s3cret")), null)])],
            new StoreActor("cli:test"),
            default);
    }

    private Task<DoctorFinding> LookAsync() => KeyFileExam.LookAsync(Folder, _environment, new ManualClock(), default);
}

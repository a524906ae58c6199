using System.Runtime.Versioning;
using System.Security.Cryptography;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Organizations.Secrets;

public class MasterKeysTests
{
    private static readonly Dictionary<string, string> _nothing = [];

    private readonly string _first = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly string _second = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private DirectoryInfo _temporary = null!;
    private DataFolder _folder = null!;

    [SetUp]
    public void Begin()
    {
        _temporary = Directory.CreateTempSubdirectory("aico-keys-");
        _folder = new DataFolder(Path.Combine(_temporary.FullName, "data"));
    }

    [TearDown]
    public void End() => _temporary.Delete(recursive: true);

    [Test]
    public void Are_made_at_the_first_start_and_found_at_the_next()
    {
        var first = MasterKeys.Open(_folder, _nothing).Current;
        var second = MasterKeys.Open(_folder, _nothing).Current;

        second.Value.ToArray().Should().Equal(first.Value.ToArray()).And.HaveCount(32);
        second.Id.Should().Be(first.Id).And.MatchRegex("^m_[0-9a-f]{16}$");
        Directory.EnumerateFiles(_folder.Path).Should().Equal(_folder.MasterKey);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public void Lie_in_a_file_that_nobody_else_can_read()
    {
        MasterKeys.Open(_folder, _nothing);

        File.GetUnixFileMode(_folder.MasterKey).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_folder.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TestCase(UnixFileMode.GroupRead)]
    [TestCase(UnixFileMode.OtherRead)]
    [TestCase(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void Are_refused_where_others_can_get_at_the_file(UnixFileMode others)
    {
        MasterKeys.Open(_folder, _nothing);
        File.SetUnixFileMode(_folder.MasterKey, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        Refused(_nothing, $"chmod 600 {_folder.MasterKey}");
    }

    [Test]
    public void Come_from_the_variable_where_it_is_set_and_make_no_file()
    {
        var keys = MasterKeys.Open(_folder, new Dictionary<string, string> { ["AICO_MASTER_KEY"] = $"{_first}, {_second}" });

        keys.Current.ToBase64().Should().Be(_first);
        keys.Find(MasterKey.Parse(_second)!.Id)!.ToBase64().Should().Be(_second);
        keys.AreOurs.Should().BeFalse();
        Directory.Exists(_folder.Path).Should().BeFalse();
    }

    [Test]
    public void Come_from_a_mounted_file_whatever_its_mode_and_are_not_ours_to_renew()
    {
        var mounted = Path.Combine(_temporary.FullName, "mounted");
        File.WriteAllText(mounted, $"# ours\n{_first}\n\n{_second}\n");

        var keys = MasterKeys.Open(_folder, new Dictionary<string, string> { ["AICO_MASTER_KEY_FILE"] = mounted });

        keys.Current.ToBase64().Should().Be(_first);
        keys.Find(MasterKey.Parse(_second)!.Id).Should().NotBeNull();
        keys.Invoking(mine => mine.Renew(forgetOld: false)).Should().Throw<MasterKeyException>().WithMessage($"*comes from {mounted}*");
    }

    [Test]
    public void Say_what_is_wrong_without_showing_it()
    {
        var mounted = Path.Combine(_temporary.FullName, "mounted");
        File.WriteAllText(mounted, "canary-key\n");

        Refused(new() { ["AICO_MASTER_KEY"] = "canary-key" }, "AICO_MASTER_KEY has no key in entry 1: expected 32 bytes in base64");
        Refused(new() { ["AICO_MASTER_KEY"] = $"{_first},{Convert.ToBase64String(new byte[16])}" }, "AICO_MASTER_KEY has no key in entry 2");
        Refused(new() { ["AICO_MASTER_KEY_FILE"] = mounted }, $"{mounted} has no key in entry 1");
        Refused(new() { ["AICO_MASTER_KEY_FILE"] = mounted + "-not-there" }, "is not there");
        Refused(new() { ["AICO_MASTER_KEY"] = _first, ["AICO_MASTER_KEY_FILE"] = mounted }, "are both set");
        Directory.CreateDirectory(_folder.Path);
        PrivateFiles.Create(_folder.MasterKey).Dispose();
        Refused(_nothing, $"{_folder.MasterKey} holds no key");
    }

    [Test]
    public void Are_read_again_where_another_process_has_made_a_new_one()
    {
        var (running, rotating) = (MasterKeys.Open(_folder, _nothing), MasterKeys.Open(_folder, _nothing));
        var old = running.Current;

        rotating.Renew(forgetOld: false);

        running.Current.Id.Should().Be(rotating.Current.Id).And.NotBe(old.Id);
        running.Find(old.Id).Should().NotBeNull();
    }

    [Test]
    public void Forget_all_but_the_new_one_and_the_one_before()
    {
        var keys = MasterKeys.Open(_folder, _nothing);
        var first = keys.Current.Id;
        keys.Renew(forgetOld: false);
        var second = keys.Current.Id;

        keys.Renew(forgetOld: true);

        keys.Find(first).Should().BeNull();
        keys.Find(second).Should().NotBeNull();
        keys.Current.Id.Should().NotBe(second);
    }

    [Test]
    public async Task Are_the_same_for_all_that_start_at_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => MasterKeys.Open(_folder, _nothing).Current.Id)));

        ids.Distinct().Should().ContainSingle();
        Directory.EnumerateFiles(_folder.Path).Should().ContainSingle();
    }

    [Test]
    public void Print_as_their_id()
    {
        var key = MasterKey.Random();

        key.ToString().Should().Be(key.Id);
        Convert.ToHexStringLower(key.Value).Should().NotContain(key.Id[2..]);
    }

    private void Refused(Dictionary<string, string> environment, string message)
    {
        var fault = FluentActions.Invoking(() => MasterKeys.Open(_folder, environment)).Should().Throw<MasterKeyException>().Which;
        fault.Message.Should().Contain(message);
        fault.ToString().Should().NotContain("canary-key").And.NotContain(_first);
    }
}

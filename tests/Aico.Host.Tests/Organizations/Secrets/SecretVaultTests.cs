using System.Text;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Organizations.Secrets;

public class SecretVaultTests
{
    private const string Canary = "canary-7713-ümläut";

    private static readonly SecretOwner _owner = new("acme", "azure", "apiKey");
    private static readonly Secret _secret = new(Canary);

    private DirectoryInfo _temporary = null!;
    private MasterKeys _keys = null!;
    private SecretVault _vault = null!;

    [SetUp]
    public void Begin()
    {
        _temporary = Directory.CreateTempSubdirectory("aico-vault-");
        _keys = MasterKeys.Open(new DataFolder(_temporary.FullName), new Dictionary<string, string>());
        _vault = new SecretVault(_keys);
    }

    [TearDown]
    public void End() => _temporary.Delete(recursive: true);

    [Test]
    public void Gives_back_what_it_was_given()
    {
        var value = _vault.Encrypt(_owner, _secret);

        value.KeyId.Should().Be(_keys.Current.Id);
        _vault.Decrypt(_owner, value).Should().Be(_secret);
    }

    [Test]
    public void Shows_nothing_of_the_secret_and_encrypts_it_differently_each_time()
    {
        var (one, two) = (_vault.Encrypt(_owner, _secret), _vault.Encrypt(_owner, _secret));

        Encoding.UTF8.GetString(one.Ciphertext.Span).Should().NotContain("canary");
        one.Ciphertext.ToArray().Should().NotEqual(two.Ciphertext.ToArray());
        one.WrappedKey.ToArray().Should().NotEqual(two.WrappedKey.ToArray());
    }

    [TestCase("globex", "azure", "apiKey")]
    [TestCase("acme", "openai", "apiKey")]
    [TestCase("acme", "azure", "endpoint")]
    [TestCase("acmea", "zure", "apiKey")]
    public void Refuses_a_value_that_was_moved_to_another_place(string organization, string provider, string name)
    {
        var value = _vault.Encrypt(_owner, _secret);

        Unreadable(new SecretOwner(organization, provider, name), value, "is damaged, or was brought here from another place");
    }

    [Test]
    public void Refuses_a_value_of_which_any_bit_was_changed()
    {
        var value = _vault.Encrypt(_owner, _secret);

        for (var i = 0; i < value.Ciphertext.Length; i++)
        {
            Unreadable(_owner, value with { Ciphertext = Flipped(value.Ciphertext, i) }, "is damaged");
        }

        for (var i = 0; i < value.WrappedKey.Length; i++)
        {
            Unreadable(_owner, value with { WrappedKey = Flipped(value.WrappedKey, i) }, "is damaged");
        }
    }

    [TestCase(0)]
    [TestCase(28)]
    [TestCase(29)]
    public void Refuses_a_value_that_was_cut_off(int length)
    {
        var value = _vault.Encrypt(_owner, _secret);

        Unreadable(_owner, value with { Ciphertext = value.Ciphertext[..length] }, "is damaged");
        Unreadable(_owner, value with { WrappedKey = value.WrappedKey[..length] }, "is damaged");
    }

    [Test]
    public void Refuses_the_parts_of_two_values_put_together()
    {
        var (one, two) = (_vault.Encrypt(_owner, _secret), _vault.Encrypt(_owner, _secret));

        Unreadable(_owner, one with { Ciphertext = two.Ciphertext }, "is damaged");
    }

    [Test]
    public void Names_the_master_key_that_is_missing()
    {
        var value = _vault.Encrypt(_owner, _secret) with { KeyId = "m_0123456789abcdef" };

        Unreadable(_owner, value, "The secret \"apiKey\" of \"azure\" of the organization \"acme\" is encrypted under the master key m_0123456789abcdef, which");
    }

    [Test]
    public void Refuses_a_value_that_claims_to_be_under_another_key_than_it_is()
    {
        var value = _vault.Encrypt(_owner, _secret);
        _keys.Renew(forgetOld: false);

        Unreadable(_owner, value with { KeyId = _keys.Current.Id }, "is damaged");
    }

    [Test]
    public void Reads_what_another_process_has_encrypted_under_a_key_that_it_has_just_made()
    {
        var running = new SecretVault(MasterKeys.Open(new DataFolder(_temporary.FullName), new Dictionary<string, string>()));
        var before = running.Encrypt(_owner, _secret);
        _keys.Renew(forgetOld: false);

        running.Decrypt(_owner, _vault.Encrypt(_owner, _secret)).Should().Be(_secret);

        running.Encrypt(_owner, _secret).KeyId.Should().Be(_keys.Current.Id).And.NotBe(before.KeyId);
        running.Decrypt(_owner, before).Should().Be(_secret);
    }

    private void Unreadable(SecretOwner owner, EncryptedValue value, string message)
    {
        var fault = _vault.Invoking(vault => vault.Decrypt(owner, value)).Should().Throw<SecretUnreadableException>().Which;
        fault.Message.Should().Contain(message);
        fault.ToString().Should().NotContain(Canary);
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes, int index)
    {
        var copy = bytes.ToArray();
        copy[index] ^= 1;
        return copy;
    }
}

using Aico.Host.Storage;
using Aico.Host.Tests.Storage.Sqlite;

namespace Aico.Host.Tests.Storage;

[TestFixture(typeof(SqliteSubject))]
internal sealed class StoreSecretsTests<TSubject> : StoreFixture<TSubject> where TSubject : IStoreSubject, new()
{
    [Test]
    public async Task Finds_secrets_under_other_keys_before_and_behind_in_the_alphabet()
    {
        await ApplyAsync(new StoreChange.PutSecrets(
            "acme", "azure", [new("a", Encrypted(1, "k1"), null), new("b", Encrypted(2, "k2"), null), new("c", Encrypted(3, "k3"), "wxyz")]));

        var found = await Store.SecretsNotUnderAsync("k2", 10, default);

        found.Select(row => (row.OrganizationId, row.Secret.Name, row.Secret.Hint)).Should().BeEquivalentTo([("acme", "a", null), ("acme", "c", "wxyz")]);
        (await Store.SecretsNotUnderAsync("k2", 1, default)).Should().ContainSingle();
    }

    [Test]
    public async Task Replaces_the_encryption_of_what_is_as_it_was_read()
    {
        await ApplyAsync(Secrets("azure", ("a", 1), ("b", 2)));
        var read = await Store.SecretsNotUnderAsync("k2", 10, default);
        await ApplyAsync(Secrets("azure", ("b", 9)));

        var replaced = await Store.ReplaceEncryptionAsync([.. read.Select(row => new ReencryptedSecret("acme", row.Secret, Encrypted(5, "k2")))], default);

        replaced.Should().Be(1);
        var secrets = (await AcmeAsync()).Secrets;
        secrets.Select(secret => (secret.Name, secret.Encrypted.KeyId, secret.Encrypted.Ciphertext.Span[1])).Should().Equal(("a", "k2", 5), ("b", "k1", 9));
        secrets[0].Revision.Should().Be(2, "the value is the same");
    }
}

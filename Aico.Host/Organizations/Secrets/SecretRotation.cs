using Aico.Host.Storage;

namespace Aico.Host.Organizations.Secrets;

/// <summary>
/// Brings all secrets under a new master key while hosts go on reading and writing them. The new key is in its file before the first value
/// is under it, and the old one stays there until the next rotation: wherever this is killed, every value is readable, and the next run
/// goes on.
/// </summary>
internal sealed class SecretRotation(IStore store, MasterKeys keys)
{
    /// <summary>Secrets in one transaction: writers in between wait some milliseconds.</summary>
    private const int Batch = 100;

    private readonly SecretVault _vault = new(keys);

    /// <exception cref="MasterKeyException">The keys cannot be read or written.</exception>
    public async Task<SecretRotationResult> RunAsync(CancellationToken ct)
    {
        // What an earlier rotation has not come to, or what the operator's new key is for.
        var (finished, unreadable) = await ReencryptAsync(ct);
        if (finished > 0 || !keys.AreOurs)
        {
            return new SecretRotationResult(keys.Current.Id, false, finished, unreadable);
        }

        keys.Renew(forgetOld: unreadable.Count == 0);
        var (reencrypted, left) = await ReencryptAsync(ct);
        return new SecretRotationResult(keys.Current.Id, true, reencrypted, left);
    }

    private async Task<(int Reencrypted, IReadOnlyList<UnreadableSecret> Unreadable)> ReencryptAsync(CancellationToken ct)
    {
        var unreadable = new Dictionary<SecretOwner, UnreadableSecret>();
        var reencrypted = 0;
        while (true)
        {
            // Those that cannot be read come again with every page, so it must have room for them.
            var page = await store.SecretsNotUnderAsync(keys.Current.Id, Batch + unreadable.Count, ct);
            var todo = page.Where(row => !unreadable.ContainsKey(OwnerOf(row))).ToList();
            if (todo.Count == 0)
            {
                return (reencrypted, [.. unreadable.Values]);
            }

            var replacements = new List<ReencryptedSecret>();
            foreach (var row in todo)
            {
                var owner = OwnerOf(row);
                try
                {
                    var after = _vault.Encrypt(owner, _vault.Decrypt(owner, row.Secret.Encrypted));
                    replacements.Add(new ReencryptedSecret(row.OrganizationId, row.Secret, after));
                }
                catch (SecretUnreadableException fault)
                {
                    unreadable.Add(owner, new UnreadableSecret(owner, row.Secret.Encrypted.KeyId, fault.Message));
                }
            }

            reencrypted += await store.ReplaceEncryptionAsync(replacements, ct);
        }
    }

    private static SecretOwner OwnerOf(OwnedSecretRow row) => new(row.OrganizationId, row.Secret.ProviderKey, row.Secret.Name);
}

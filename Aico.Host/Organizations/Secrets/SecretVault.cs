using Aico.Abstractions.Plugins;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Secrets;

internal sealed class SecretVault
{
    public EncryptedValue Encrypt(string organizationId, string providerKey, string name, Secret value) => throw new NotSupportedException();

    /// <exception cref="SecretUnreadableException">It cannot be decrypted.</exception>
    public Secret Decrypt(string organizationId, string providerKey, string name, EncryptedValue value) => throw new NotSupportedException();
}

namespace Aico.Host.Storage;

/// <param name="OrganizationId">Whose it is.</param>
/// <param name="Before">As it was read.</param>
/// <param name="After">The same value under another key.</param>
internal sealed record ReencryptedSecret(string OrganizationId, SecretRow Before, EncryptedValue After);

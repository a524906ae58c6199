namespace Aico.Host.Storage;

/// <summary>A secret of an organization, encrypted.</summary>
/// <param name="ProviderKey">Whose it is.</param>
/// <param name="Name">Which of the provider's secrets.</param>
/// <param name="Encrypted">Its value.</param>
/// <param name="Hint">The last characters, where the writer asked that they be shown; else null.</param>
/// <param name="Revision">Of its last change.</param>
/// <param name="Updated">When that was.</param>
internal sealed record SecretRow(string ProviderKey, string Name, EncryptedValue Encrypted, string? Hint, long Revision, DateTimeOffset Updated);

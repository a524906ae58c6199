namespace Aico.Host.Storage;

/// <param name="Name">Which of the provider's secrets.</param>
/// <param name="Encrypted">Its value.</param>
/// <param name="Hint">The last characters, where they may be shown.</param>
internal sealed record NewSecret(string Name, EncryptedValue Encrypted, string? Hint);

namespace Aico.Host.Storage;

/// <summary>A value in envelope encryption: under a key of its own, which is wrapped by the master key of the given id.</summary>
/// <param name="KeyId">Which master key wraps the value's key.</param>
/// <param name="WrappedKey">The value's own key, wrapped.</param>
/// <param name="Ciphertext">The value.</param>
internal sealed record EncryptedValue(string KeyId, ReadOnlyMemory<byte> WrappedKey, ReadOnlyMemory<byte> Ciphertext);

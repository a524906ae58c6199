namespace Aico.Host.Organizations.Secrets;

/// <param name="KeyId">The current master key.</param>
/// <param name="IsNewKey">True where this rotation has made it; false where it finished an earlier one, or the operator hands keys in.</param>
/// <param name="Reencrypted">How many secrets were brought under it.</param>
/// <param name="Unreadable">Secrets that stay as they are, because nobody can read them.</param>
internal sealed record SecretRotationResult(string KeyId, bool IsNewKey, int Reencrypted, IReadOnlyList<UnreadableSecret> Unreadable);

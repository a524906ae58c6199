namespace Aico.Host.Organizations.Secrets;

/// <param name="Owner">Which.</param>
/// <param name="KeyId">The master key that it is said to be under.</param>
/// <param name="Problem">Why it cannot be read, for people.</param>
internal sealed record UnreadableSecret(SecretOwner Owner, string KeyId, string Problem);

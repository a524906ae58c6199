namespace Aico.Host.Organizations.Secrets;

/// <summary>One secret cannot be decrypted; others of the organization may well be. The message never shows any of it.</summary>
internal sealed class SecretUnreadableException(string message) : Exception(message);

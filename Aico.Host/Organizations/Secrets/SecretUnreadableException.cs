namespace Aico.Host.Organizations.Secrets;

/// <summary>A secret is stored but cannot be decrypted; the message says why and what to do, and holds nothing of it.</summary>
internal sealed class SecretUnreadableException(string message, Exception? inner = null) : Exception(message, inner);

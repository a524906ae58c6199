namespace Aico.Host.Organizations.Secrets;

<<<<<<< HEAD
/// <summary>A secret is stored but cannot be decrypted; the message says why and what to do, and holds nothing of it.</summary>
internal sealed class SecretUnreadableException(string message, Exception? inner = null) : Exception(message, inner);
=======
/// <summary>One secret cannot be decrypted; others of the organization may well be. The message never shows any of it.</summary>
internal sealed class SecretUnreadableException(string message) : Exception(message);
>>>>>>> store

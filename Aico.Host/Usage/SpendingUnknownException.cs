namespace Aico.Host.Usage;

/// <summary>What an organization has spent cannot be read; the message says why.</summary>
internal sealed class SpendingUnknownException(string message, Exception? inner = null) : Exception(message, inner);

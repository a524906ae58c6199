namespace Aico.Host.Usage;

/// <summary>Rows of usage were not taken; the message says why.</summary>
internal sealed class UsageNotKeptException(string message, Exception inner) : Exception(message, inner);

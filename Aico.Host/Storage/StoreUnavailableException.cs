namespace Aico.Host.Storage;

/// <summary>The store cannot be read or written, such as where the disk is full or the file is damaged; the message says what to do.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

namespace Aico.Host.Organizations.Secrets;

/// <summary>There is no usable master key. The message says where one was looked for and what to do, and never shows any of it.</summary>
internal sealed class MasterKeyException(string message, Exception? inner = null) : Exception(message, inner);

namespace Aico.Plugins.Shared.WebSockets;

/// <summary>A message from a server. The data is valid until the next one is received.</summary>
internal readonly record struct SocketMessage(bool IsText, ReadOnlyMemory<byte> Data);

namespace Aico.Plugins.Shared.Http;

/// <summary>One event of a stream.</summary>
/// <param name="Name">The event's name; "message" where the stream names none.</param>
/// <param name="Data">The data, lines joined by line feeds. Valid only until the next event is read.</param>
internal readonly record struct ServerSentEvent(string Name, ReadOnlyMemory<byte> Data);

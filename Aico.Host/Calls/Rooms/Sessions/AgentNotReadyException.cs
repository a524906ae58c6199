namespace Aico.Host.Calls.Rooms.Sessions;

/// <summary>No agent became ready; the room or the dispatch that was made for it is gone again. The message says why.</summary>
internal sealed class AgentNotReadyException(string message) : Exception(message);

using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>A room that the agent is in: all that lives as long as the agent is there.</summary>
internal sealed record RoomEntry(IRoom Room, RoomPresence Presence, AttributeWriter Attributes);

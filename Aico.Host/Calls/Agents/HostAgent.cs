using Aico.Host.Calls.Rooms;

namespace Aico.Host.Calls.Agents;

/// <summary>How agents behave where their organization says nothing.</summary>
/// <param name="Default">The agent of the default organization, as the host's own options describe it.</param>
/// <param name="Room">In rooms, for every organization.</param>
internal sealed record HostAgent(AgentSettings Default, RoomCallSettings Room);

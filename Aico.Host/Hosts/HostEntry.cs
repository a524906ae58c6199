namespace Aico.Host.Hosts;

/// <summary>What the registry knows of a host.</summary>
/// <param name="Status">As it said last.</param>
/// <param name="Label">Its name, made unique among those that are known: of two processes with one name each has its process id behind it.</param>
/// <param name="LastSeen">When it said so.</param>
/// <param name="IsStale">True where it should have said more by now.</param>
/// <param name="Restarts">How often the supervisor had to start this call host again; 0 for others.</param>
internal sealed record HostEntry(HostStatus Status, string Label, DateTimeOffset LastSeen, bool IsStale, int Restarts);

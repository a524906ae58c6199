namespace Aico.Host.Calls.Rooms;

/// <summary>No organization of this name has an agent on this host.</summary>
internal sealed class UnknownOrganizationException(string organizationId)
    : Exception($"There is no organization \"{organizationId}\" on this host.");

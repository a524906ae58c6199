namespace Aico.Host.Calls.Rooms;

/// <summary>No organization of this name has an agent on this host, or it has none of the name that was asked for.</summary>
internal sealed class UnknownOrganizationException(string organizationId, string? agentName = null)
    : Exception(agentName is null
        ? $"There is no organization \"{organizationId}\" on this host."
        : $"The organization \"{organizationId}\" has no agent \"{agentName}\".");

using Aico.Host.Calls.Agents;

namespace Aico.Host.Calls.Rooms;

/// <summary>Finds the agent of an organization. Safe from any thread.</summary>
internal interface IAgentDirectory
{
    /// <summary>The organization of a call that names none; null: a call must name one.</summary>
    string? DefaultOrganizationId { get; }

    /// <summary>True where the organization has an agent on this host.</summary>
    ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct);

    /// <summary>How many calls the organization may have at one time on this host; null: as many as the host takes.</summary>
    ValueTask<int?> MaximumCallsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult<int?>(null);

    /// <summary>How the organization's budget stands; null where it has none, or this host does not know.</summary>
    ValueTask<BudgetState?> BudgetAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult<BudgetState?>(null);

    /// <summary>Lends an agent of the organization, as it is now, for one call, with providers that are ready to open; null: its default agent.</summary>
    /// <exception cref="UnknownOrganizationException">There is no such organization, or it has no such agent.</exception>
    /// <exception cref="Aico.Abstractions.ProviderException">Its providers cannot be made, or its budget allows no new call.</exception>
    ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct);
}

using Aico.Host.Calls.Agents;
using Aico.Host.Calls.Rooms;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>A host without agents: what it knows of organizations is its configuration.</summary>
internal sealed class NoAgents : IAgentDirectory
{
    public string? DefaultOrganizationId => null;

    public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(false);

    /// <summary>Of every organization.</summary>
    public BudgetState? Budget { get; set; }

    public ValueTask<BudgetState?> BudgetAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(Budget);

    public ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct) => throw new InvalidOperationException("The API lends no agents.");
}

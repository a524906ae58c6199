using Aico.Host.Calls.Rooms;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>A host without agents: what it knows of organizations is its configuration.</summary>
internal sealed class NoAgents : IAgentDirectory
{
    public string? DefaultOrganizationId => null;

    public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(false);

    public ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct) => throw new InvalidOperationException("The API lends no agents.");
}

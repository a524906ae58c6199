using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>One agent for every organization, with providers that fail at random.</summary>
internal sealed class SoakAgents(CallProviders providers) : IAgentDirectory
{
    // Nobody is asked whether they are still there.
    public static AgentSettings Agent { get; } = new() { Greeting = "Hello, this is a test of endurance.", Silence = new SilenceSettings { AwayAfter = TimeSpan.Zero } };

    public string? DefaultOrganizationId => "soak";

    public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(true);

    public ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct) => ValueTask.FromResult(Lease(organizationId));

    public AgentLease Lease(string organizationId) => new()
    {
        OrganizationId = organizationId,
        ConfigurationVersion = "environment",
        Agent = Agent,
        Room = new RoomCallSettings(),
        Providers = providers,
    };
}

using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Api;

/// <summary>Calls that were and are over.</summary>
internal static class EndedCalls
{
    /// <summary>A call of one turn.</summary>
    public static void End(RoomCallRegistry calls, string id, string organization, string version = "api:7") =>
        calls.HasEnded(Begin(calls, id, organization, version), CallEndReason.CallerLeft, null);

    /// <summary>A call that goes on after its first turn.</summary>
    public static RoomCall Begin(RoomCallRegistry calls, string id, string organization, string version = "api:7")
    {
        var call = calls.Begin(id, "lobby");
        call.Serves(
            new AgentLease
            {
                OrganizationId = organization,
                ConfigurationVersion = version,
                Agent = new AgentSettings(),
                Room = new RoomCallSettings(),
                Providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("alpha-llm", null!) },
            },
            "ann");
        call.On(new TurnCompleted(TimeSpan.FromSeconds(1), new TurnRecord { Number = 1, CallerText = "Hello." }));
        return call;
    }
}

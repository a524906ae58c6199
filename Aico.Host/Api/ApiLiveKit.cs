using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.LiveKit.Access;

namespace Aico.Host.Api;

/// <summary>What the endpoints need of a LiveKit server.</summary>
/// <param name="Settings">Which server.</param>
/// <param name="AgentName">Under which name agents are asked for; empty: agents that take every room.</param>
/// <param name="Tokens">Signs tokens.</param>
/// <param name="Webhooks">Checks webhooks.</param>
/// <param name="Sessions">Starts sessions.</param>
/// <param name="Administration">Ends rooms.</param>
internal sealed record ApiLiveKit(
    LiveKitSettings Settings, string AgentName, TokenIssuer Tokens, WebhookVerifier Webhooks, SessionStarter Sessions, IRoomAdministration Administration)
{
    /// <summary>As frontends want it.</summary>
    public string ServerUrl => Settings.WebSocketUrl.AbsoluteUri.TrimEnd('/');
}

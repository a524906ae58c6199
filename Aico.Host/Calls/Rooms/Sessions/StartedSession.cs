namespace Aico.Host.Calls.Rooms.Sessions;

/// <summary>A session that was started. The token is a secret of the caller.</summary>
/// <param name="IsAgentReady">False: nobody waited for it.</param>
/// <param name="CallId">The agent's call; null where nobody waited for it, or it is another process's.</param>
/// <param name="RoomName">The room.</param>
/// <param name="CallerIdentity">Who may join with the token.</param>
/// <param name="CallerName">What others see of them.</param>
/// <param name="CallerToken">Joins the room; null where the caller was called by telephone.</param>
/// <param name="SipCallId">The telephone call; null where there is none.</param>
internal sealed record StartedSession(
    bool IsAgentReady, string? CallId, string RoomName, string CallerIdentity, string CallerName, string? CallerToken, string? SipCallId);

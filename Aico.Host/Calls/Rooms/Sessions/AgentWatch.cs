using Aico.Host.LiveKit.Api;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms.Sessions;

/// <summary>
/// Looks for the agent of a room by asking the server, since it may be in another process than whoever waits for it. Started by
/// <see cref="WaitUntilReadyAsync"/>, ended by its token; a server that does not answer is asked again.
/// </summary>
/// <param name="api">The server.</param>
/// <param name="room">The room.</param>
/// <param name="isRoomOurs">True: a host that refuses the job says so in the room's metadata.</param>
/// <param name="others">Agents that were there before this one was asked for.</param>
/// <param name="time">Of the pauses between questions.</param>
internal sealed class AgentWatch(LiveKitApi api, string room, bool isRoomOurs, IReadOnlySet<string> others, TimeProvider time)
{
    // An agent of this process is known without asking, and mostly before this.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(300);

    private string? _identity;
    private bool _wasConnected;
    private bool _wasMissing;

    /// <summary>True where it has joined and was not ready when it was last seen.</summary>
    public bool HasJoined => _identity is not null;

    public async Task<RoomReadiness> WaitUntilReadyAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(Every, time, ct);
            try
            {
                if (await LookAsync(ct) is { } readiness)
                {
                    return readiness;
                }
            }
            catch (TwirpException)
            {
                // The room may not be known on every node yet; a server that is gone is asked until patience ends.
            }
        }
    }

    private async Task<RoomReadiness?> LookAsync(CancellationToken ct)
    {
        var participants = await api.Rooms.ListParticipantsAsync(room, ct);
        var agent = participants.FirstOrDefault(one => one.Kind == ParticipantKind.Agent && !others.Contains(one.Identity) && (_identity is null || one.Identity == _identity));
        if (agent is null)
        {
            return HasJoined ? Missing() : await RefusedAsync(ct);
        }

        (_identity, _wasMissing) = (agent.Identity, false);
        _wasConnected |= agent.State == ParticipantState.Active;
        var id = agent.Attributes.GetValueOrDefault(RoomSession.SessionAttribute);
        return agent.Attributes.GetValueOrDefault(RoomSession.ReadyAttribute) switch
        {
            RoomSession.IsReady => new RoomReadiness(null, id),
            RoomSession.IsNotReady => new RoomReadiness("The agent joined, but cannot hear: its speech-to-text could not be opened. The log of its host says more.", null),
            _ => agent.Attributes.GetValueOrDefault(RoomSession.StateAttribute) is { } state && state != RoomSession.FirstState
                ? new RoomReadiness(null, id)
                : null,
        };
    }

    // Twice: where it is an agent of this process, the call that has failed is about to say why. One whose media never came through was
    // taken out by the server, as a busy one does, and its client library joins once more.
    private RoomReadiness? Missing()
    {
        var isGone = _wasMissing && _wasConnected;
        _wasMissing = true;
        return isGone ? new RoomReadiness("The agent joined, and left again before it was ready. The log of its host says why.", null) : null;
    }

    private async Task<RoomReadiness?> RefusedAsync(CancellationToken ct) =>
        isRoomOurs && await api.Rooms.ListRoomsAsync([room], ct) is [var info, ..] && Refusal.Read(info.Metadata) is { } reason
            ? new RoomReadiness(reason, null)
            : null;
}

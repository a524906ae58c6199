using Aico.Host.LiveKit.Rooms;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms.Remote;

/// <summary>Opens a remote session for each call in a room.</summary>
internal sealed class RemoteSessions(TimeProvider time, ILoggerFactory loggers) : IRoomExtensionFactory
{
    public IReadOnlyCollection<string> ByteTopics { get; } = [RemoteSession.Topic];

    public IRoomExtension Open(RoomCallAccess access)
    {
        var lease = access.Lease;
        var settings = new RemoteSessionSettings
        {
            AgentId = lease.OrganizationId,
            Agent = () => lease.Agent,
            Providers = lease.Providers,
            Room = lease.Room,
            ShowsInternals = lease.Room.ShowsInternals,
        };
        var session = new RemoteSession(
            settings, access.Room.SendBytesAsync, () => Listener(access), access.SendText, time, loggers.CreateLogger<RemoteSession>());
        return new RemoteSessionRun(session, time);
    }

    // A telephone reads no messages.
    private static string? Listener(RoomCallAccess access)
    {
        var caller = access.Info().CallerIdentity;
        return access.Room.Participants.FirstOrDefault(participant => participant.Identity == caller) is { Kind: not ParticipantKind.Sip } ? caller : null;
    }
}

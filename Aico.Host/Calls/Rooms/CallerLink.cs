using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>Who of those in the room is the caller. Not thread-safe.</summary>
/// <param name="agent">Our own identity.</param>
/// <param name="wanted">The identity that was asked for; null: whoever comes first.</param>
internal sealed class CallerLink(string agent, string? wanted)
{
    private const string OnBehalfAttribute = "lk.publish_on_behalf";
    private const string CallStatusAttribute = "sip.callStatus";

    /// <summary>The caller; null before one is there and after one has left.</summary>
    public RoomParticipant? Caller { get; private set; }

    /// <summary>Who is talked to, also while they are away; null before anybody was.</summary>
    public string? Identity { get; private set; }

    /// <summary>True when the caller can be talked to: a telephone must have been picked up.</summary>
    public bool IsThere => Caller is { } caller && (caller.Kind != ParticipantKind.Sip
        || caller.Attributes.GetValueOrDefault(CallStatusAttribute, "active") == "active");

    /// <summary>Somebody is in the room or has changed. Returns true where they are the caller.</summary>
    public bool Sees(RoomParticipant participant)
    {
        if (Identity is null ? !MayCall(participant) : participant.Identity != Identity)
        {
            return false;
        }

        Identity = participant.Identity;
        Caller = participant;
        return true;
    }

    /// <summary>Somebody has left. Returns true where they were the caller; one who has come again under the same identity is not gone.</summary>
    public bool Loses(RoomParticipant participant)
    {
        if (Caller is null || participant.Identity != Identity || participant.Sid != Caller.Sid)
        {
            return false;
        }

        Caller = null;
        return true;
    }

    /// <summary>The caller will not come back: somebody else may be next.</summary>
    public void Forget() => (Caller, Identity) = (null, null);

    private bool MayCall(RoomParticipant participant) =>
        wanted is not null ? participant.Identity == wanted
        : participant.Kind is ParticipantKind.Standard or ParticipantKind.Sip or ParticipantKind.Connector
            && participant.Attributes.GetValueOrDefault(OnBehalfAttribute) != agent;
}
